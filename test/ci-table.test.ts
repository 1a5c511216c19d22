import { readFileSync } from "node:fs";
import { join } from "node:path";
import { data } from "./ci-questions/data";
import { ec2 } from "./ci-questions/ec2";
import { rights } from "./ci-questions/iam";
import type { Question } from "./ci-questions/question";
import { reads } from "./ci-questions/reads";
import { ci } from "./ci-stacks";
import { callers, isAllowed } from "./iam";

/** Of docs/ci.md, between its two marks. */
const table = readFileSync(join(__dirname, "..", "docs", "ci.md"), "utf8")
  .split("<!-- verdicts -->\n")[1]
  ?.split("\n<!-- /verdicts -->")[0];

const columns = ["plan", "apply", "made"] as const;

/**
 * A line of the table: yes where IAM allows every call, no where it allows none.
 * @throws where it allows some
 */
async function verdict({ what, calls, client = {}, bucketPolicy }: Question): Promise<string> {
  const all = callers(ci(client));
  const answers = columns.map(async (column) => {
    const allowed = await Promise.all(calls.map((each) => isAllowed(all[column], each, bucketPolicy)));
    if (new Set(allowed).size > 1) {
      const list = calls.map(({ action, resource }, index) => `${action} on ${resource}: ${allowed[index]}`);
      throw new Error(`${what}, by ${column}:\n${list.join("\n")}`);
    }
    return allowed[0] ? "yes" : "no";
  });
  return `| ${[what, ...(await Promise.all(answers))].join(" | ")} |`;
}

it("docs/ci.md says of each role what IAM's rules make of its policies", async () => {
  const questions = [...reads, ...ec2, ...data, ...rights];

  // As it has to be: the policies are the answers to test/ci-questions/.
  expect(table?.split("\n").slice(2)).toEqual(await Promise.all(questions.map(verdict)));
});
