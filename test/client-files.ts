import example from "../clients/example";
import type { FleetOptions } from "../config/checks/fleet";
import type { Client } from "../config/client";
import { checkFiles } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { resolveClient } from "../config/load/resolve-client";
import { type ClientInput, clientSchema } from "../config/schema/client";
import { once } from "./once";

/** Fields by their dotted path, with the values that they get; undefined takes one away. */
export type Changes = Readonly<Record<string, unknown>>;

/** Fields of a client file, and the name of the file. */
export type Overrides = Partial<ClientInput> & {
  /** @default "example" */
  readonly name?: string;
};

/** The example with the given fields in the place of its own, complete. */
export function clientOf({ name = "example", ...overrides }: Overrides = {}): Client {
  const input = once(["input", overrides], () => clientSchema.parse({ ...example, ...overrides }));
  return once(["client", name, overrides], () => resolveClient(name, input));
}

/** The example's file with some fields changed, whether the schema likes them or not. */
export function changed(changes: Changes, input: object = example): Record<string, unknown> {
  const copy = structuredClone(input) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    let parent = copy;
    for (const key of keys) {
      parent[key] ??= {};
      parent = parent[key] as Record<string, unknown>;
    }
    if (value === undefined) {
      delete parent[last];
    } else {
      parent[last] = value;
    }
  }
  return copy;
}

/** The shared stack that comes with the project. */
export const sharedName = "shared-210987654321-eu-central-1";

/** What makes the example one of its clients. */
export const inShared = {
  region: "eu-central-1",
  accountId: "210987654321",
  sharing: "shared-stack",
  network: {
    vpc: "existing",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetId: "subnet-0a1b2c3d4e5f60719",
    databaseSubnetIds: ["subnet-0a1b2c3d4e5f6071a", "subnet-0a1b2c3d4e5f6071b"],
  },
} satisfies Changes & Partial<ClientInput>;

/** The lines of the report on some files, by their names; none where all is well. */
export function reportOn(
  files: Readonly<Record<string, unknown>>,
  options: FleetOptions = { complete: false },
): string[] {
  try {
    checkFiles(
      Object.entries(files).map(([name, input]) => ({ name, input })),
      options,
    );
    return [];
  } catch (error) {
    if (error instanceof ClientFileError) {
      return error.message.split("\n");
    }
    throw error;
  }
}

/**
 * What is wrong with the example when fields are changed, without the file's name.
 * @param name name of the file
 */
export function mistakes(changes: Changes, name = "example"): string[] {
  return reportOn({ [name]: changed(changes) })
    .filter((line) => line.startsWith("clients/"))
    .map((line) => line.replace(`clients/${name}.ts: `, ""));
}
