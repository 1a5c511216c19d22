import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./checks/check";
import { ignoredSettings } from "./checks/ignored";
import { type ClientConfig, clientSchema, type SharedConfig, sharedSchema } from "./client";
import { checkClient, checkShared } from "./client-checks";
import { checkFleet, type FleetOptions } from "./fleet-checks";
import { ClientFileError, didYouMean, type FileProblems, type Problem, problem } from "./problem";
import { read } from "./read";
import { sharedStackName } from "./resolve";
import { retiredChecks } from "./retired";

/** What the files under `clients/` say, without a mistake. */
export interface Fleet {
  readonly clients: readonly ClientConfig[];
  readonly shared: readonly SharedConfig[];
}

/** A file under `clients/` and what it exports. */
export interface ClientFile {
  /** Name of the file without its ending: the client's name, or the shared stack's. */
  readonly name: string;
  /** Its default export, or the error that reading it raised. */
  readonly input: unknown;
}

const folder = join(__dirname, "..");

/**
 * Reads and checks the files under `clients/`.
 * @param only name of the one file to read, so that a mistake in one client blocks no other's deploy
 * @default - all files, and what they claim of each other
 * @throws ClientFileError with every mistake in every file that was read
 */
export function loadFleet(only?: string): Fleet {
  const names = fileNames();
  return only === undefined
    ? checkFiles(
        names.map((name) => ({ name, input: load(name) })),
        { complete: true, others: [] },
      )
    : checkFile(fileNamed(only));
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
        file: `clients/${name}.ts`,
        problems: [
          { path: "", message: `there is no such file. ${didYouMean(name, names, "Name one that is there")}.` },
        ],
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
  const others = file.name.startsWith("shared-") ? clientsThatCanBeRead(fileNames()) : [];
  return checkFiles([file], { complete: false, others });
}

/** The clients whose files can be read, to ask who uses a shared stack. */
function clientsThatCanBeRead(names: readonly string[]): ClientConfig[] {
  return names
    .filter((name) => !name.startsWith("shared-"))
    .flatMap((name) => readClient({ name, input: load(name) }).client ?? []);
}

/** The client files' names, sorted: every `.ts` directly under `clients/` is one. */
export function fileNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/**
 * @param options what else there is to know of files that were not read
 * @throws ClientFileError with every mistake
 */
export function checkFiles(files: readonly ClientFile[], options: FleetOptions): Fleet {
  const read = files.map((file) => (file.name.startsWith("shared-") ? readShared(file) : readClient(file)));
  const clients = read.flatMap(({ file, client }) => (client ? [{ file, client }] : []));
  const shared = read.flatMap(({ file, shared: stack }) => (stack ? [{ file, shared: stack }] : []));
  const names = files.map(({ name }) => name);
  const problems: FileProblems[] = [...read, ...checkFleet(clients, shared, names, options)]
    .filter((file) => file.problems.length > 0)
    .sort((one, other) => one.file.localeCompare(other.file));
  if (problems.length > 0) {
    throw new ClientFileError(problems);
  }
  return { clients: clients.map(({ client }) => client), shared: shared.map((file) => file.shared) };
}

/** A client file's mistakes, and the client where every value could be read, so that it can be compared with others. */
function readClient({ name, input }: ClientFile): FileProblems & { client?: ClientConfig; shared?: undefined } {
  const file = `clients/${name}.ts`;
  if (!isObject(input)) {
    return { file, problems: [unreadable(input)] };
  }
  const { fields: client, faults, problems } = read(clientSchema, input);
  const renamed =
    typeof client.name === "string" && client.name !== name
      ? [problem("name", client.name, `the file is called ${name}.ts`, `Set "${name}", or rename the file`)]
      : [];
  return {
    file,
    ...(faults.length + renamed.length === 0 ? { client } : {}),
    problems: [
      ...problems,
      ...renamed,
      ...checkClient(client, faults),
      ...ignoredSettings(input),
      ...(client.allowRetired === false ? run(retiredChecks, client, faults) : []),
    ],
  };
}

/** As `readClient`, of a shared stack. */
function readShared({ name, input }: ClientFile): FileProblems & { client?: undefined; shared?: SharedConfig } {
  const file = `clients/${name}.ts`;
  if (!isObject(input)) {
    return { file, problems: [unreadable(input)] };
  }
  const { fields: shared, faults, problems } = read(sharedSchema, input);
  const stack = faults.includes("accountId") || faults.includes("region") ? name : sharedStackName(shared);
  const renamed: Problem[] =
    stack === name
      ? []
      : [
          {
            path: "",
            message: `it describes \`${stack}\`, so the file is called ${stack}.ts. Rename the file, or correct account and region.`,
          },
        ];
  return {
    file,
    ...(faults.length + renamed.length === 0 ? { shared } : {}),
    problems: [...problems, ...renamed, ...checkShared(shared, faults)],
  };
}

function unreadable(input: unknown): Problem {
  const message =
    input instanceof Error
      ? `cannot be read: ${input.message.trim()}. Correct it; \`npm run check:types\` shows where.`
      : "exports no client. Write `const client: ClientInput = { … }; export default client;` as clients/example.ts does.";
  return { path: "", message };
}

function load(name: string): unknown {
  try {
    return (require(join(folder, name)) as { default?: unknown }).default;
  } catch (error) {
    return error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Error);
}
