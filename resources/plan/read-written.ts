import { isAttributes } from "../attributes";
import { readJson, TooDeepError } from "../read-json";
import { PlanFileError } from "./plan";

/**
 * Reads the `cdk.tf.json` of a stack.
 * @param file the file's name, for errors
 * @throws PlanFileError where it is not Terraform's JSON, or has a name twice, of which Terraform reads both
 */
export function readWritten(text: string, file: string): unknown {
  const fix = "Name the cdk.tf.json that was planned, as in cdktf.out/stacks/acme/cdk.tf.json.";
  try {
    const found = readJson(text);
    const names = [...text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined);
    if (isAttributes(found) && names.length === keysIn(found)) {
      return found;
    }
    throw new PlanFileError(
      `${file}: ${isAttributes(found) ? "has a name twice in one object" : "is no object"}. ${fix}`,
    );
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeepError) {
      throw new PlanFileError(`${file}: is not Terraform's JSON: ${error.message}. ${fix}`);
    }
    throw error;
  }
}

function keysIn(value: unknown): number {
  const inner = typeof value === "object" && value !== null ? Object.values(value) : [];
  return inner.reduce((sum: number, one) => sum + keysIn(one), isAttributes(value) ? inner.length : 0);
}
