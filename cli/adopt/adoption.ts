import { isDeepStrictEqual } from "node:util";
import { discontinuedProblems } from "../../config/checks/client";
import type { Client, Described } from "../../config/client";
import { type Imports, loadImports } from "../../config/load/imports";
import { type ClientFile, checkFile, isShared, oneOf } from "../../config/load/load";
import { ClientFileError } from "../../config/load/problem";
import { isAttributes } from "../../resources/attributes";
import type { Aws } from "../../resources/aws/aws";
import { LookUp } from "../../resources/look-up";
import type { Outcome } from "../../resources/outcome";
import { resourcesOf } from "../stack-resources";
import { completeBuckets } from "./buckets";
import { compareAll } from "./comparisons";
import { Draft } from "./draft";
import { importsOf, unmanaged } from "./imports";
import { answerable, completeStructure } from "./structure";

/** What an adoption comes to: what exists, and how the client file has to describe it. */
export interface Adoption {
  readonly draft: Draft;
  /** What looking for each resource of the stack came to, by address. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What no field of the client file corrects, by the address of the resource or the path of the field. */
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
  const isClient = !isShared(file.name);
  if (isClient) {
    await completeStructure(draft, aws, file.name);
    await completeBuckets(draft, aws.s3, describedBy(file, draft) as Client);
  }
  const given = loadImports(file.name);
  const described = describedBy(file, draft);
  const first = new LookUp(synthesised(described), aws, given);
  const known = structuredClone(draft.completed);
  await compareAll({ described, draft, lookUp: first });
  const adopted = describedBy(file, draft);
  if (isClient) {
    completeAllowDiscontinued(file.name, draft);
  }

  const lookUp = isDeepStrictEqual(draft.completed, known) ? first : new LookUp(synthesised(adopted), aws, given);
  const outcomes = new Map<string, Outcome>();
  for (const { address } of lookUp.resources.all) {
    outcomes.set(address, await lookUp.outcome(address));
  }
  return {
    draft,
    outcomes,
    conflicts: [
      ...draft.contradictions.map(({ path, why }) => ({ address: path, why })),
      ...[...outcomes].flatMap(([address, outcome]) =>
        outcome.kind === "conflict" ? [{ address, why: outcome.why }] : [],
      ),
    ],
    unmanaged: await unmanaged(lookUp),
    imports: await importsOf(adopted, lookUp),
  };
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
  return { name, input: isAttributes(input) && !isShared(name) ? { allowDiscontinued: true, ...input } : input };
}

function completeAllowDiscontinued(name: string, draft: Draft): void {
  const problems = discontinuedProblems(name, draft.completed);
  if (problems.length > 0) {
    const paths = problems.map(({ path }) => `\`${path}\``).join(", ");
    draft.complete("allowDiscontinued", true, `AWS creates no new ones of ${paths}`);
  }
}

/** What the file comes to with the draft in it, as far as a client file can say what AWS has. */
function describedBy(file: ClientFile, draft: Draft): Described {
  try {
    return oneOf(checkFile(withDiscontinued(file.name, draft.completed)));
  } catch (error) {
    if (error instanceof ClientFileError && draft.withdraw(error.files.flatMap(({ problems }) => problems))) {
      return describedBy(file, draft);
    }
    throw error;
  }
}
