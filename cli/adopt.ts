import { basename, join } from "node:path";
import { importsFile, importsFolder, loadImports } from "../config/load/imports";
import { fileNamed, loadOne, placeOf } from "../config/load/load";
import { databasesStackName } from "../config/names";
import { projectFolder } from "../config/project-folder";
import { StagedFiles } from "../handoff/whole-files";
import { Aws } from "../resources/aws/aws";
import { readPlan } from "../resources/plan/plan";
import { guardAccount } from "./account";
import { type Adoption, adoptionOf, checkAnswerable } from "./adopt/adoption";
import { checkPlan, unlistedImports } from "./adopt/plan-check";
import { report } from "./adopt/report";
import { CommandError } from "./command-error";
import { count, indented } from "./layout";
import { contents } from "./plan-summary";
import type { Terminal } from "./terminal";
import { written } from "./written";

/**
 * Prints why a plan creates and updates what it does.
 * @throws CommandError where it does more than an adoption: it has alarms, destroys, replaces, or has no reason that is known
 */
export function reviewPlan(name: string, file: string, terminal: Terminal): void {
  const plan = readPlan(contents(file), file);
  const imports = { ...loadImports(name), ...loadImports(databasesStackName(name)) };
  const unlisted = indented(unlistedImports(plan, imports).slice(0, 5), 2).join("\n");
  if (unlisted !== "") {
    throw new CommandError(
      `${file}: imports what ${importsFile(name)} does not have, and is the plan of another stack or another day:\n${unlisted}\nPlan this one, and write the JSON form anew.`,
    );
  }
  const { lines, refused } = checkPlan(plan, loadOne(name).state.bucket);
  terminal.result(lines.join("\n"));
  if (refused.length > 0) {
    throw new CommandError(
      `${name}: the plan is more than an adoption. Do not apply it before you know why:\n${indented(refused, 2).join("\n")}`,
    );
  }
  terminal.result("Nothing is destroyed or replaced, and no credential changes.");
}

/**
 * Looks a deployment up, prints what it comes to, and writes the imports where nothing conflicts.
 * @throws CommandError where the client file does not describe yet what exists
 */
export async function adopt(name: string, terminal: Terminal): Promise<void> {
  const clientFile = fileNamed(name);
  checkAnswerable(clientFile);
  loadImports(name);
  const { deployRoleArn } = clientFile.input as Record<string, string | undefined>;
  const { accountId, region } = placeOf(clientFile);
  const aws = new Aws({ name, accountId, deployRoleArn }, region);
  const { arn } = await guardAccount(aws, name, accountId);
  terminal.result(`Adoption of ${name}: account ${accountId}, ${region}, as ${arn}\n`);
  terminal.busy("Looking for everything that its stack would create, which takes a minute");

  const adoption = await adoptionOf(clientFile, aws);
  const file = `clients/${name}.ts`;
  terminal.result(report(adoption, file).join("\n"));
  refuseUnfinished(adoption, file);

  writeImports(adoption.imports);
  for (const [stack, imports] of Object.entries(adoption.imports)) {
    // Of the databases stack, the runbook alone is known.
    const unseen = stack === name ? "" : ", of what the runbook makes in MySQL, which was not looked up";
    terminal.result(`${importsFile(stack)}: ${count(Object.keys(imports).length, "import")}${unseen}`);
  }
  terminal.result(
    `\nNext: \`npm run diff -- ${name} --stack ${name}\` shows the plan; docs/adopting.md says how to check it.`,
  );
}

function refuseUnfinished({ draft, conflicts, outcomes }: Adoption, file: string): void {
  const unknown = [...outcomes.values()].some(({ kind }) => kind === "unknown");
  const todo = [
    conflicts.length > 0 && "resolve the conflicts",
    unknown && "see that everything can be looked for",
    draft.suggestions.length > 0 && `write the ${count(draft.suggestions.length, "field")} above into ${file}`,
  ]
    .filter(Boolean)
    .join(", ");
  if (todo !== "") {
    throw new CommandError(
      `Nothing was written. ${todo.charAt(0).toUpperCase()}${todo.slice(1)}, then repeat the command.`,
    );
  }
}

/** All or none, so that no stack of the client is without its imports. */
function writeImports(imports: Adoption["imports"]): void {
  const files = Object.entries(imports).map(([stack, ids]) => ({
    path: basename(importsFile(stack)),
    content: `${JSON.stringify(ids, undefined, 2)}\n`,
  }));
  written(importsFolder, "Repeat the command once it can.", () =>
    new StagedFiles(join(projectFolder(), importsFolder), files).moveIntoPlace(),
  );
}
