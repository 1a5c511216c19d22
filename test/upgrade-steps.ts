import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientInput } from "../config/schema/client";

/** The fields that docs/operations.md shows for an upgrade of Open edX, by step, in its order. */
export function upgradeSteps(keyPair: ClientInput["hosts"]["keyPair"]): Partial<ClientInput>[] {
  const page = readFileSync(join(__dirname, "../docs/operations.md"), "utf8");
  const section = /^## Upgrading Open edX$(.*?)^## /ms.exec(page)?.[1] ?? "";
  return [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, fields]) =>
    new Function("keyPair", `return {${fields}}`)(keyPair),
  );
}
