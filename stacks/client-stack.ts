import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import type { StackName } from "../config/client";
import { addressOf } from "../modules/address";
import { Ephemeral } from "../modules/ephemeral";
import { type AwsProviderProps, addAwsProvider, defaultTags } from "./aws-provider";
import { requiredVersion } from "./beside";
import type { LockKind } from "./provider-locks";
import { addS3Backend, type S3BackendProps } from "./s3-backend";

/** Where a stack is deployed to and where its state is kept. */
export interface ClientStackProps extends AwsProviderProps, S3BackendProps {
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
  /** Its dependency lock file. */
  readonly lock: LockKind = "aws";

  constructor(
    scope: Construct,
    { name, stateKey }: StackName,
    private readonly props: ClientStackProps,
  ) {
    super(scope, name);
    // cdktn refuses write-only arguments, unless it knows that nothing older runs the stack.
    this.node.setContext("targetVersions", { terraform: requiredVersion, opentofu: requiredVersion });
    addAwsProvider(this, props);
    addS3Backend(this, stateKey, props);
    this.node.addValidation({ validate: () => this.collidingAddresses() });
  }

  /** Before the synth, so that no construct can leave the boundary or the tags out. */
  override prepareStack(): void {
    super.prepareStack();
    const { permissionsBoundaryArn } = this.props;
    for (const element of this.node.findAll()) {
      if (permissionsBoundaryArn !== undefined && (element instanceof IamRole || element instanceof IamUser)) {
        element.permissionsBoundary = permissionsBoundaryArn;
      }
      // The provider gives a root volume its default tags when it creates it, and other ones never: it does not compare them.
      if (element instanceof Instance) {
        element.rootBlockDevice.tags = defaultTags(this.props);
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
