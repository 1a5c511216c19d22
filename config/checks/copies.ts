import type { Client } from "../client";

/** Clients of two accounts with the same edxapp, of whom each is warned: a bucket is in one account alone. */
export function withCopyWarnings(clients: readonly Client[]): Client[] {
  return clients.map((client) => {
    const { database, gradesBucket } = client.edxapp;
    const accounts = clients
      .filter(
        ({ edxapp }) =>
          edxapp.database.identifier === database.identifier && edxapp.gradesBucket.name === gradesBucket.name,
      )
      .map(({ accountId }) => accountId);
    const distinct = [...new Set(accounts)].sort();
    return distinct.length === 1
      ? client
      : {
          ...client,
          warnings: [
            ...client.warnings,
            `edxapp.database.identifier is "${database.identifier}" and edxapp.gradesBucket.name is "${gradesBucket.name}" in accounts ${distinct.join(" and ")}. A bucket is in one account alone, so what names edxapp was most likely copied from another client's file. Correct it.`,
          ],
        };
  });
}
