import { managedPolicyLength, policyJson, type Statement } from "../../modules/policy-document";
import type { Iam } from "../../resources/aws/iam";
import { referenceIn, type StackResource } from "../../resources/stack-resources";
import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, type Context } from "./finding";

/** Who has inline policies, and the most characters of them together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
const holders: readonly {
  readonly kind: "role" | "user";
  readonly type: string;
  readonly most: number;
  readonly instead: string;
  readonly policiesOf: (iam: Iam, holder: string) => Promise<readonly string[]>;
  readonly policyOf: (iam: Iam, holder: string, name: string) => Promise<{ PolicyDocument?: string } | undefined>;
}[] = [
  {
    kind: "role",
    type: "aws_iam_role_policy",
    most: 10_240,
    instead: `Remove policies of clients that are gone, or give new clients a role of their own: \`emr.instancePolicy\` "least-privilege"`,
    policiesOf: (iam, role) => iam.rolePolicies(role),
    policyOf: (iam, role, name) => iam.rolePolicy(role, name),
  },
  {
    kind: "user",
    type: "aws_iam_user_policy",
    most: 2_048,
    instead: `Have its owner put them into a managed policy, or set \`edxapp.gradesBucket.access\` to "merge-policy" or "print"`,
    policiesOf: (iam, user) => iam.userPolicies(user),
    policyOf: (iam, user, name) => iam.userPolicy(user, name),
  },
];

/** Whether IAM takes the stack's policies: managed ones by themselves, inline ones together with those that their role or user has. */
export async function* policyFindings(context: Context): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  for (const policy of resources.of("aws_iam_policy")) {
    const length = lengthOf(context, policy);
    if (length > managedPolicyLength) {
      const text = `has about ${length} characters; IAM takes ${managedPolicyLength}. Name fewer or shorter things in the file.`;
      yield { subject: `policy ${policy.arguments.name}`, ...refused(text) };
    }
  }
  for (const holder of holders) {
    const inline = resources.of(holder.type);
    const of = ({ arguments: given }: StackResource) => String(given[holder.kind]);
    for (const one of new Set(inline.map(of))) {
      const added = inline.filter((policy) => of(policy) === one);
      const name = (await context.lookUp.text(added[0] as StackResource, holder.kind)) ?? one;
      yield await ask(`inline policies of ${name}`, () => inlineAnswer(context, holder, name, added));
    }
  }
}

async function inlineAnswer(
  context: Context,
  { most, instead, policiesOf, policyOf }: (typeof holders)[number],
  holder: string,
  added: readonly StackResource[],
): Promise<Answer> {
  const { iam } = context.aws;
  const names = await policiesOf(iam, holder);
  const existing = await Promise.all(
    names.map(async (name) => {
      const document = decodeURIComponent((await policyOf(iam, holder, name))?.PolicyDocument ?? "");
      // IAM counts no blanks.
      return document.replaceAll(/\s/g, "").length;
    }),
  );
  const used = sum(existing);
  const needed = sum(
    added.filter(({ arguments: { name } }) => !names.includes(String(name))).map((policy) => lengthOf(context, policy)),
  );
  const count = `${used} of ${most} characters are in use; the stack needs about ${needed} more`;
  return used + needed <= most ? ok(count) : refused(`${count}, and AWS grants no more. ${instead}.`);
}

/** About, as ARNs that AWS has yet to give are counted as Terraform's references to them. */
function lengthOf({ lookUp }: Context, { arguments: { policy } }: StackResource): number {
  const document = lookUp.resources.at(referenceIn(String(policy))?.address ?? "");
  return policyJson((document?.arguments.statement ?? []) as readonly Statement[]).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
