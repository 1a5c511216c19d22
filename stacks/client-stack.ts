import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Backend, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import type { StackName, State } from "../config/client";
import { addressOf } from "../modules/address";
import { Ephemeral } from "../modules/ephemeral";

/**
 * Both majors that the bindings' attributes exist in, so that a team may be on either: decision 0002.
 * cdktf itself would write the one version that its bindings were made from.
 */
const awsProviderRange = ">= 5.100.0, < 7.0.0";

/** S3-native locking came with 1.10, write-only arguments with 1.11: decision 0002. */
const terraformRange = ">= 1.11.0";

export interface ClientStackProps {
  /** AWS region of the provider. */
  readonly region: string;
  /** The only AWS account that provider and state may be in. */
  readonly accountId: string;
  /** Where the state is kept. */
  readonly state: State;
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
  /**
   * ARN of the permissions boundary of every role and user in the stack: CI may make no others.
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
}

/** What `ClientStack.output` writes. */
interface OutputProps {
  /** What it is and who needs it. */
  readonly description: string;
  readonly value: unknown;
  /**
   * Keep the value out of plans and logs.
   * @default false
   */
  readonly sensitive?: boolean;
}

/** A stack with its state in S3, one account, tags on everything, and readable Terraform addresses. */
export class ClientStack extends TerraformStack {
  private readonly permissionsBoundaryArn?: string;

  constructor(scope: Construct, { name, stateKey }: StackName, props: ClientStackProps) {
    super(scope, name);
    const { region, accountId, deployRoleArn, state, permissionsBoundaryArn } = props;
    const assumeRole = deployRoleArn === undefined ? undefined : { roleArn: deployRoleArn };
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: [accountId],
      assumeRole: assumeRole && [assumeRole],
      defaultTags: [{ tags: { ...props.tags, Project: "edx-analytics", ManagedBy: "terraform" } }],
    });
    this.addOverride("terraform.required_providers.aws.version", awsProviderRange);
    this.addOverride("terraform.required_version", terraformRange);
    new S3Backend(this, {
      bucket: state.bucket,
      key: stateKey,
      region: state.region,
      encrypt: true,
      allowedAccountIds: [state.accountId],
      // The role is of the account that is deployed to; state elsewhere is reached with the operator's own credentials.
      assumeRole: state.accountId === accountId ? assumeRole : undefined,
    }).addOverride("use_lockfile", true);
    this.permissionsBoundaryArn = permissionsBoundaryArn;
    this.node.addValidation({ validate: () => this.collidingAddresses() });
  }

  /** Before the synth, so that no construct can forget the boundary. */
  override prepareStack(): void {
    super.prepareStack();
    if (this.permissionsBoundaryArn === undefined) {
      return;
    }
    for (const element of this.node.findAll()) {
      if (element instanceof IamRole || element instanceof IamUser) {
        element.permissionsBoundary = this.permissionsBoundaryArn;
      }
    }
  }

  /** A root output, named as it is read by `terraform output`. */
  output(name: string, props: OutputProps): void {
    new TerraformOutput(this, name, { ...props, staticId: true });
  }

  /** Addresses of the resources. */
  resourceAddresses(): string[] {
    return this.node.findAll().filter(TerraformResource.isTerraformResource).map(addressOf) as string[];
  }

  /**
   * The construct path inside the stack without its structural ids, so that plans and imports read
   * `aws_security_group.emr_master`: decision 0004.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    return node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map((scope) => scope.node.id)
      .filter((id) => !isStructural(id))
      .join("_")
      .replaceAll(/[^A-Za-z0-9_]/g, "_");
  }

  /** Two elements of one address would silently become one. */
  private collidingAddresses(): string[] {
    const paths = new Map<string, string[]>();
    for (const element of this.node.findAll()) {
      const address = addressIn(element);
      if (address !== undefined) {
        paths.set(address, [...(paths.get(address) ?? []), element.node.path]);
      }
    }
    return [...paths]
      .filter(([, owners]) => owners.length > 1)
      .map(([address, owners]) => `${address} is the address of ${owners.join(" and ")}; give one another id`);
  }
}

/**
 * Ids in capitals, such as `Resource`, tell siblings apart that Terraform tells apart by type: `director/Host` and
 * `director/KeyPair` are `aws_instance.director` and `aws_key_pair.director`.
 */
export function isStructural(id: string): boolean {
  return /^[A-Z]/.test(id);
}

/** The address of what cdktf knows, and of ephemeral resources, which it does not. */
function addressIn(element: IConstruct): string | undefined {
  return element instanceof Ephemeral ? element.address : addressOf(element);
}
