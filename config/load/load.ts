import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { types } from "node:util";
import { checkClient, checkSharedStack } from "../checks/client";
import { withCopyWarnings } from "../checks/copies";
import { checkFleet, type FleetOptions } from "../checks/fleet";
import { ignoredSettings } from "../checks/ignored";
import type { LoadedClient, LoadedSharedStack } from "../checks/loaded";
import { clientNameProblems } from "../checks/names";
import { secretProblems } from "../checks/secrets";
import type { Client, Described, SharedStack } from "../client";
import { projectFolder } from "../project-folder";
import { clientSchema } from "../schema/client";
import { accountId, region } from "../schema/fields";
import { sharedSchema } from "../schema/shared";
import { exportOf } from "./export-of";
import { isObject } from "./issues";
import { messageOf } from "./message-of";
import { plainData } from "./plain-data";
import { ClientFileError, didYouMean, type FileProblems, type Problem } from "./problem";
import { read } from "./read";
import { resolveClient } from "./resolve-client";
import { resolveSharedStack } from "./resolve-shared-stack";

/** What the files under `clients/` say, complete and without a mistake. */
export interface Fleet {
  readonly clients: readonly Client[];
  readonly shared: readonly SharedStack[];
}

/** A file under `clients/` and what it exports. */
export interface ClientFile {
  /** Name of the file without its ending: the client's name, or the shared stack's. */
  readonly name: string;
  /** Its default export, or the error that reading it raised. */
  readonly input: unknown;
}

/**
 * Reads, completes and checks the files under `clients/`.
 * @param only name of the one file to read, so that a mistake in one client blocks no other's deploy
 * @default - all files, and what they claim of each other
 * @throws ClientFileError with every mistake in every file that was read
 */
export function loadFleet(only?: string): Fleet {
  return only === undefined
    ? checkFiles(
        fileNames().map((name) => ({ name, input: load(name) })),
        { complete: true, others: [] },
      )
    : checkFile(fileNamed(only));
}

/**
 * The one client or shared stack of a name.
 * @throws ClientFileError where there is no such file, or mistakes are in it
 */
export function loadOne(name: string): Described {
  return oneOf(loadFleet(name));
}

/** The client or shared stack of a fleet of one. */
export function oneOf({ clients, shared }: Fleet): Described {
  return [...clients, ...shared][0] as Described;
}

/** Clients and shared stacks whose files can be read, each by itself, and the files that cannot. */
export function loadReadable(): { readonly owners: readonly Described[]; readonly unreadable: readonly string[] } {
  const readings = fileNames().map((name) => {
    const file = { name, input: load(name) };
    const { file: path, loaded } = isShared(name) ? readSharedStack(file) : readClient(file);
    return { path, owner: loaded && ("client" in loaded ? loaded.client : loaded.shared) };
  });
  return {
    owners: readings.flatMap(({ owner }) => owner ?? []),
    unreadable: readings.filter(({ owner }) => owner === undefined).map(({ path }) => path),
  };
}

/**
 * One file, unchecked.
 * @throws ClientFileError where there is none of that name
 */
export function fileNamed(name: string): ClientFile {
  const names = fileNames();
  if (!names.includes(name)) {
    throw new ClientFileError([
      {
        file: fileOf(name),
        exists: false,
        problems: [{ path: "", message: `does not exist. ${didYouMean(name, names, "Name an existing one")}.` }],
      },
    ]);
  }
  return { name, input: load(name) };
}

/**
 * Checks one file by itself.
 * @throws ClientFileError with every mistake in it
 */
export function checkFile(file: ClientFile): Fleet {
  // To ask who uses a shared stack.
  const others = isShared(file.name) ? loadReadable().owners.filter((owner) => owner.kind === "client") : [];
  return checkFiles([file], { complete: false, others });
}

/** The client files' names, sorted: every `.ts` directly under `clients/` is one, unless its name begins with `_`. */
export function fileNames(): string[] {
  return readdirSync(clientsFolder())
    .filter((file) => file.endsWith(".ts") && !file.startsWith("_"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/**
 * @param options what else there is to know of files that were not read
 * @throws ClientFileError with every mistake
 */
export function checkFiles(files: readonly ClientFile[], options: FleetOptions): Fleet {
  const readings = files.map((file) => (isShared(file.name) ? readSharedStack(file) : readClient(file)));
  const clients = readings.flatMap(({ loaded }) => (loaded && "client" in loaded ? [loaded] : []));
  const shared = readings.flatMap(({ loaded }) => (loaded && "shared" in loaded ? [loaded] : []));
  const names = files.map(({ name }) => name);
  const problems: FileProblems[] = [...readings, ...checkFleet(clients, shared, names, options)]
    .filter((file) => file.problems.length > 0)
    .sort((one, other) => one.file.localeCompare(other.file));
  if (problems.length > 0) {
    throw new ClientFileError(problems.map(({ file, problems: found }) => ({ file, problems: found })));
  }
  return { clients: withCopyWarnings(clients.map(({ client }) => client)), shared: shared.map((file) => file.shared) };
}

const noSharedName =
  "is no shared stack's name: `shared-<account>-<region>` is required, as in `shared-123456789012-eu-west-1`. Rename the file.";

/** A file's mistakes, and what it holds where every value could be read, so that it can be compared with others. */
type FileReading<T> = FileProblems & { readonly loaded?: T };

function readClient({ name, input: exported }: ClientFile): FileReading<LoadedClient> {
  const file = fileOf(name);
  const { input, problems: unread } = fieldsOf(exported, "defineClient");
  if (input === undefined) {
    return { file, problems: unread };
  }
  // Such a file has no field that is wrong, so that all that clients require besides would be said to be missing.
  if (name.startsWith("shared") && sharedSchema.safeParse(input).success) {
    return { file, problems: [{ path: "", message: noSharedName }] };
  }
  const { fields, faults, problems } = read(clientSchema, input);
  const nameProblems = clientNameProblems(name);
  // A wrong name is one mistake, and not one more in everything that is named after it.
  const checkedName = nameProblems.length === 0 ? name : "client";
  return {
    file,
    problems: [
      ...nameProblems,
      ...withSecrets(input, [...problems, ...checkClient(checkedName, fields, faults), ...ignoredSettings(input)]),
    ],
    ...(faults.length + nameProblems.length === 0 && {
      loaded: { file, client: resolveClient(name, fields), fields },
    }),
  };
}

function readSharedStack({ name, input: exported }: ClientFile): FileReading<LoadedSharedStack> {
  const file = fileOf(name);
  const { input, problems: unread } = fieldsOf(exported, "defineSharedStack");
  if (input === undefined) {
    return { file, problems: unread };
  }
  const { fields, faults, problems } = read(sharedSchema, input);
  const place = placeOfSharedStack(name);
  if (place === undefined) {
    return { file, problems: [{ path: "", message: noSharedName }, ...problems] };
  }
  return {
    file,
    problems: withSecrets(input, [...problems, ...checkSharedStack(name, place, fields, faults)]),
    ...(faults.length === 0 && { loaded: { file, shared: resolveSharedStack(name, place, fields), fields } }),
  };
}

/** Account and region of a file that could be checked: a client's fields say them, a shared stack's name does. */
export function placeOf({ name, input }: ClientFile): { readonly accountId: string; readonly region: string } {
  return placeOfSharedStack(name) ?? (input as { readonly accountId: string; readonly region: string });
}

/** Account and region of a shared stack, of its file's name. */
function placeOfSharedStack(name: string): { readonly accountId: string; readonly region: string } | undefined {
  const [, account = "", place = ""] = /^shared-(\d+)-(.+)$/.exec(name) ?? [];
  return accountId.safeParse(account).success && region.safeParse(place).success
    ? { accountId: account, region: place }
    : undefined;
}

/** Whether a file's name is a shared stack's. */
export function isShared(name: string): boolean {
  return name.startsWith("shared-");
}

function fileOf(name: string): string {
  return `clients/${name}.ts`;
}

/** Secrets are the one mistake that is said of a value. */
function withSecrets(input: object, problems: readonly Problem[]): Problem[] {
  const secrets = secretProblems(input);
  return [...problems.filter(({ path }) => secrets.every((secret) => secret.path !== path)), ...secrets];
}

/** A file's fields as plain data; undefined where it has none, or they cannot be read. */
function fieldsOf(exported: unknown, define: string) {
  if (types.isNativeError(exported)) {
    const said = messageOf(exported);
    const fix = /^Cannot find module '[^./]/.test(said)
      ? "Run `npm install` in the repository, or correct the name."
      : "Correct it; `npx tsc` shows where.";
    const message = `cannot be read: ${said}. ${fix}`;
    return { input: undefined, problems: [{ path: "", message }] };
  }
  const { data, problems } = plainData(exported);
  if (problems.length > 0) {
    return { input: undefined, problems };
  }
  if (!isObject(data)) {
    const message = `exports no ${define === "defineClient" ? "client" : "shared stack"}. Import ${define} from "edx-analytics-aws", and write \`export default ${define}({ … });\`.`;
    return { input: undefined, problems: [{ path: "", message }] };
  }
  return { input: data, problems };
}

function load(name: string): unknown {
  return exportOf(join(clientsFolder(), name));
}

function clientsFolder(): string {
  return join(projectFolder(), "clients");
}
