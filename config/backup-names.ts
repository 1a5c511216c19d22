import type { BackupsFields } from "./schema/backups";

/** Snapshots of the hosts that Jenkins is on, and the name of the role that makes them. */
export type HostBackups = BackupsFields & { readonly roleName: string };

/** Name of the role that makes snapshots of a client's hosts. */
export function backupsRoleName(client: string): string {
  return `${client}-analytics-backups`;
}
