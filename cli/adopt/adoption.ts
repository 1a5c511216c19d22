import { isDeepStrictEqual } from "node:util";
import { discontinuedProblems } from "../../config/checks/client";
import type { Client, Described } from "../../config/client";
import { type Imports, readImports } from "../../config/load/imports";
import { type ClientFile, checkFile, type Fleet } from "../../config/load/load";
import { ClientFileError } from "../../config/load/problem";
import type { Aws } from "../../resources/aws/aws";
import { LookUp } from "../../resources/look-up";
import type { Outcome } from "../../resources/outcome";
import { resourcesOf } from "../stack-resources";
import { compareGrades, completeBuckets } from "./buckets";
import { compareAll } from "./comparisons";
import { Draft } from "./draft";
import { mysqlImports } from "./mysql";
import { answerable, completeStructure } from "./structure";
import { unmanaged } from "./unmanaged";

/** What an adoption comes to: what exists, and how the client file has to describe it. */
export interface Adoption {
  readonly draft: Draft;
  /** What looking for each resource of the stack came to, by address. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What no field of the client file mends. */
  readonly conflicts: readonly { readonly address: string; readonly why: string }[];
  /** What Terraform does not see, and leaves as it is. */
  readonly unmanaged: readonly string[];
  /** What its stacks import, by the stack's name. */
  readonly imports: Readonly<Record<string, Imports>>;
}

/**
 * Looks a deployment up.
 * @param synthesised synthesises what a file describes
 * @throws ClientFileError for mistakes that AWS cannot answer
 */
export async function adoptionOf(file: ClientFile, aws: Aws, synthesised = resourcesOf): Promise<Adoption> {
  const draft = new Draft(file.input as Record<string, unknown>);
  const conflicts: { address: string; why: string }[] = [];
  if (!file.name.startsWith("shared-")) {
    await completeStructure(draft, aws, file.name);
    await completeBuckets(draft, aws.s3, clientOf(file, draft));
    await compareGrades(draft, aws.s3, clientOf(file, draft));
  }
  const lookUpNow = () => lookUpOf(file, draft, aws, synthesised);
  const first = lookUpNow();
  const known = structuredClone(draft.completed);
  await compareAll({
    described: describedBy(file, draft),
    draft,
    lookUp: first,
    conflict: (address, why) => void conflicts.push({ address, why }),
  });
  completeAllowDiscontinued(file, draft);

  const lookUp = isDeepStrictEqual(draft.completed, known) ? first : lookUpNow();
  const outcomes = new Map<string, Outcome>();
  for (const { address } of lookUp.resources.all()) {
    const outcome = await lookUp.outcome(address);
    outcomes.set(address, outcome);
    if (outcome.kind === "conflict") {
      conflicts.push({ address, why: outcome.why });
    }
  }
  return {
    draft,
    outcomes,
    conflicts: [...conflicts, ...draft.contradictions.map(({ path, why }) => ({ address: path, why }))],
    unmanaged: await unmanaged(lookUp),
    imports: await importsOf(describedBy(file, draft), outcomes, aws),
  };
}

async function importsOf(
  described: Described,
  outcomes: ReadonlyMap<string, Outcome>,
  aws: Aws,
): Promise<Readonly<Record<string, Imports>>> {
  const imports = Object.fromEntries(
    [...outcomes].flatMap(([address, outcome]) => (outcome.kind === "found" ? [[address, outcome.id]] : [])),
  );
  const databases = Object.keys(imports).flatMap(
    (address) => /^aws_db_instance\.database_(\d+)$/.exec(address)?.[1] ?? [],
  );
  return described.kind === "client" && databases.length > 0
    ? {
        [described.name]: imports,
        [described.stacks.databases.name]: await mysqlImports(described, databases, aws),
      }
    : { [described.name]: imports };
}

/**
 * Checks the file but for what AWS can answer.
 * @throws ClientFileError with the mistakes that remain
 */
export function checkAnswerable(file: ClientFile): void {
  try {
    checkFile(withDiscontinued(file.name, file.input));
  } catch (error) {
    if (!(error instanceof ClientFileError)) {
      throw error;
    }
    const draft = new Draft(file.input as Record<string, unknown>);
    const files = error.files.map(({ file: name, problems }) => ({
      file: name,
      problems: problems.filter(({ path }) => !answerable.includes(path) || draft.at(path) !== undefined),
    }));
    if (files.some(({ problems }) => problems.length > 0)) {
      throw new ClientFileError(files);
    }
  }
}

/** What AWS has discontinued may exist all the same. */
function withDiscontinued(name: string, input: unknown): ClientFile {
  const isClient = typeof input === "object" && input !== null && !name.startsWith("shared-");
  return { name, input: isClient ? { allowDiscontinued: true, ...input } : input };
}

function completeAllowDiscontinued(file: ClientFile, draft: Draft): void {
  const problems = fleetOf(file, draft).clients.length === 0 ? [] : discontinuedProblems(file.name, draft.completed);
  if (problems.length > 0) {
    const paths = problems.map(({ path }) => `\`${path}\``).join(", ");
    draft.complete("allowDiscontinued", true, `AWS creates no new ones of ${paths}`);
  }
}

function lookUpOf(file: ClientFile, draft: Draft, aws: Aws, synthesised: typeof resourcesOf): LookUp {
  const described = describedBy(file, draft);
  const { imports } = readImports(described.name);
  return new LookUp(synthesised(described), aws, imports);
}

function clientOf(file: ClientFile, draft: Draft): Client {
  return fleetOf(file, draft).clients[0] as Client;
}

function describedBy(file: ClientFile, draft: Draft): Described {
  const { clients, shared } = fleetOf(file, draft);
  return [...clients, ...shared][0] as Described;
}

/** What the file comes to with the draft in it, as far as a client file can say what AWS has. */
function fleetOf(file: ClientFile, draft: Draft): Fleet {
  try {
    return checkFile(withDiscontinued(file.name, draft.completed));
  } catch (error) {
    if (error instanceof ClientFileError && draft.withdraw(error.files.flatMap(({ problems }) => problems))) {
      return fleetOf(file, draft);
    }
    throw error;
  }
}
