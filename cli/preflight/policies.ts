import { managedPolicyLength, policyJson, type Statement } from "../../modules/policy-document";
import { referenceIn, type StackResource } from "../../resources/stack-resources";
import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, type Context } from "./finding";

/** The most characters of a role's inline policies together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const inlineLength = 10_240;

/** Whether IAM takes the stack's policies: managed ones by themselves, a role's inline ones together with those that it has. */
export async function* policyFindings(context: Context): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  for (const policy of resources.of("aws_iam_policy")) {
    const length = lengthOf(context, policy);
    if (length > managedPolicyLength) {
      const text = `has about ${length} characters; IAM takes ${managedPolicyLength}. Name fewer or shorter things in the file.`;
      yield { subject: `policy ${policy.arguments.name}`, ...refused(text) };
    }
  }
  const inline = resources.of("aws_iam_role_policy");
  for (const role of new Set(inline.map(({ arguments: { role } }) => String(role)))) {
    const added = inline.filter(({ arguments: given }) => given.role === role);
    const name = (await context.lookUp.text(added[0] as StackResource, "role")) ?? role;
    yield await ask(`inline policies of ${name}`, () => inlineAnswer(context, name, added));
  }
}

async function inlineAnswer(context: Context, role: string, added: readonly StackResource[]): Promise<Answer> {
  const { iam } = context.aws;
  const names = await iam.rolePolicies(role);
  const existing = await Promise.all(
    names.map(async (name) => {
      const document = decodeURIComponent((await iam.rolePolicy(role, name))?.PolicyDocument ?? "");
      // IAM counts no blanks.
      return document.replaceAll(/\s/g, "").length;
    }),
  );
  const used = sum(existing);
  const needed = sum(
    added.filter(({ arguments: { name } }) => !names.includes(String(name))).map((policy) => lengthOf(context, policy)),
  );
  const count = `${used} of ${inlineLength} characters are in use; the stack needs about ${needed} more`;
  return used + needed <= inlineLength
    ? ok(count)
    : refused(
        `${count}, and AWS grants no more. Remove policies of clients that are gone, or give new clients a role of their own: \`emr.instancePolicy\` "least-privilege".`,
      );
}

/** About, as ARNs that AWS has yet to give are counted as Terraform's references to them. */
function lengthOf({ lookUp }: Context, { arguments: { policy } }: StackResource): number {
  const document = lookUp.resources.at(referenceIn(String(policy))?.address ?? "");
  return policyJson((document?.arguments.statement ?? []) as readonly Statement[]).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
