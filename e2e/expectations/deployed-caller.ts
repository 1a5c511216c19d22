import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import { allows, bucketPolicyFor, type IamRequest, sessionOf } from "../../test/iam-simulation";
import type { World } from "../harness/world";

type Call = Omit<IamRequest, "principal">;

/** A role with the policies and the permissions boundary that AWS holds, judged by IAM's rules where the emulator does not. */
export class DeployedCaller {
  private constructor(
    private readonly world: World,
    private readonly arn: string,
    private readonly policies: readonly object[],
    private readonly boundary: object | undefined,
  ) {}

  static async role(world: World, RoleName: string): Promise<DeployedCaller> {
    const { iam } = world;
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const attached = await Promise.all(AttachedPolicies.map(({ PolicyArn }) => managedPolicy(iam, PolicyArn)));
    const inline = await Promise.all(
      PolicyNames.map(async (PolicyName) => {
        const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        return parsed(PolicyDocument);
      }),
    );
    const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    return new DeployedCaller(
      world,
      Role?.Arn as string,
      [...attached, ...inline],
      boundary === undefined ? undefined : await managedPolicy(iam, boundary),
    );
  }

  /**
   * Whether a call is allowed, by the policy of its bucket too where it is on S3.
   * @param letIn whether the bucket's policy is one that allows the caller's session everything
   */
  async may({ action, resource, context }: Call, letIn = false): Promise<boolean> {
    const principal = letIn ? sessionOf(this.arn) : this.arn;
    const policy = letIn ? bucketPolicyFor(principal) : await this.bucketPolicy(resource);
    return allows(
      {
        identity: this.policies,
        ...(this.boundary && { boundary: this.boundary }),
        ...(policy && { resource: policy }),
      },
      {
        principal,
        action,
        resource,
        context: {
          "aws:RequestedRegion": this.world.region,
          "aws:ResourceAccount": this.world.accountId,
          "aws:PrincipalArn": this.arn,
          "aws:PrincipalIsAWSService": "false",
          "aws:SecureTransport": "true",
          ...context,
        },
      },
    );
  }

  private async bucketPolicy(resource: string): Promise<object | undefined> {
    const [, Bucket] = /^arn:aws:s3:::([^/*]+)/.exec(resource) ?? [];
    if (Bucket === undefined) {
      return undefined;
    }
    const answer = await this.world.s3.send(new GetBucketPolicyCommand({ Bucket })).catch(() => undefined);
    return answer?.Policy === undefined ? undefined : JSON.parse(answer.Policy);
  }
}

async function managedPolicy(iam: IAMClient, PolicyArn: string | undefined): Promise<object> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return parsed(PolicyVersion?.Document);
}

/** IAM gives documents as it takes them in URLs. */
function parsed(document = ""): object {
  return JSON.parse(decodeURIComponent(document));
}
