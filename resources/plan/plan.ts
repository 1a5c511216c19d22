import { readJson, TooDeepError } from "../read-json";
import { withDefinitions } from "./definitions";
import { withDocuments } from "./documents";
import { type Plan, plan } from "./schema";

export type { Change, Plan, ResourceChange } from "./schema";

/** A file that is no plan, in words for who named it. */
export class PlanFileError extends Error {}

/**
 * @param file the file's name, for errors
 * @throws PlanFileError where it is no plan
 */
export function readPlan(text: string, file: string): Plan {
  // PowerShell writes a byte order mark.
  const found = json(text.replace(/^\uFEFF/, ""), file);
  const result = plan.safeParse(found);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new PlanFileError(
      notRead(file, issue?.path.join("."), (found as { format_version?: unknown })?.format_version),
    );
  }
  if (isState(found as object)) {
    throw new PlanFileError(
      `${file}: is of a state, and a plan is required. Write it with \`terraform show -json PLAN\`, the plan being named.`,
    );
  }
  return withDefinitions(withDocuments(result.data));
}

/** Terraform writes a state in the same form, where it is given no plan: it has no changes, and is no plan of none. */
function isState(found: object): boolean {
  return !("planned_values" in found || "resource_changes" in found);
}

function json(text: string, file: string): unknown {
  if (text.trim() === "") {
    throw new PlanFileError(
      `${file}: is empty: \`terraform show -json\` wrote nothing, and says why on standard error. Write it with \`terraform show -json PLAN\`.`,
    );
  }
  if (text.startsWith("PK")) {
    throw new PlanFileError(
      `${file}: is the plan itself, and its JSON form is required. Write it with \`terraform show -json ${file}\`.`,
    );
  }
  try {
    return readJson(text);
  } catch (error) {
    throw new PlanFileError(
      error instanceof TooDeepError ? notRead(file, undefined, undefined, error.message) : notRead(file),
    );
  }
}

function notRead(file: string, where?: string, version?: unknown, why?: string): string {
  const details = [
    where === "format_version" && typeof version === "string" && /^\d+\.\d+$/.test(version)
      ? `at \`format_version\`: ${version}, and 1.x is read`
      : where && `at \`${where}\``,
    why,
  ].filter(Boolean);
  return `${file}: is not what \`terraform show -json\` writes of a plan${details.length === 0 ? "" : ` (${details.join("; ")})`}. Write it with \`terraform show -json PLAN\`.`;
}
