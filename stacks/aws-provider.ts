import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { providers } from "./provider-locks";

export interface AwsProviderProps {
  /** AWS region of the provider. */
  readonly region: string;
  /** The only AWS account that the provider may work in. */
  readonly accountId: string;
  /**
   * ARN of the role that Terraform assumes.
   * @default - the operator's own credentials
   */
  readonly deployRoleArn?: string;
  /**
   * Tags on everything taggable, besides `Project` and `ManagedBy`.
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The AWS provider of a stack: one region, one account, tags on everything. */
export function addAwsProvider(stack: TerraformStack, props: AwsProviderProps): void {
  const { region, accountId, deployRoleArn } = props;
  new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: [accountId],
    assumeRole: deployRoleArn === undefined ? undefined : [{ roleArn: deployRoleArn }],
    defaultTags: [{ tags: defaultTags(props) }],
  });
  // cdktf itself would write the one version that its bindings were made from, and cdktn another source than cdktf.
  stack.addOverride("terraform.required_providers.aws", providers.aws);
}

/** The tags of everything in a stack. */
export function defaultTags({ tags }: Pick<AwsProviderProps, "tags">): Record<string, string> {
  return { ...tags, Project: "edx-analytics", ManagedBy: "terraform" };
}
