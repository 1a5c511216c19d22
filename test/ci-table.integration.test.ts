import { readFileSync } from "node:fs";
import { join } from "node:path";
import { data } from "./ci-questions/data";
import { ec2 } from "./ci-questions/ec2";
import { https } from "./ci-questions/https";
import { rights } from "./ci-questions/iam";
import { kmsKeys } from "./ci-questions/kms-keys";
import type { Question } from "./ci-questions/question";
import { reads } from "./ci-questions/reads";
import { ofShared } from "./ci-questions/shared";
import { ci, shared } from "./ci-stacks";
import { callers, isAllowed } from "./iam";
import type { Template } from "./synth";

const docs = readFileSync(join(__dirname, "..", "docs", "ci.md"), "utf8");

/** The lines of a table of docs/ci.md, between its two marks. */
const table = (mark: string) =>
  docs.split(`<!-- ${mark} -->\n`)[1]?.split(`\n<!-- /${mark} -->`)[0]?.split("\n").slice(2);

const columns = ["plan", "apply", "made"] as const;

/**
 * A line of the table: yes where IAM allows every call, no where it allows none.
 * @throws where it allows some
 */
async function verdict(template: Template, { what, calls, bucketPolicy }: Question): Promise<string> {
  const all = callers(template);
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

// As it has to be: the policies are the answers to test/ci-questions/.
describe("docs/ci.md says of each role what IAM's rules make of its policies", () => {
  it("for a client", async () => {
    const questions = [...reads, ...ec2, ...data, ...kmsKeys, ...https, ...rights];

    expect(table("verdicts")).toEqual(await Promise.all(questions.map((each) => verdict(ci(each.client), each))));
  });

  it("for a shared stack", async () => {
    expect(table("shared verdicts")).toEqual(
      await Promise.all(ofShared.map((each) => verdict(shared(each.shared), each))),
    );
  });
});
