import type { Tag } from "@aws-sdk/client-ec2";
import type { Client, Described } from "../../config/client";
import { awsInstancePolicy, emrRoleNames } from "../../modules/emr-roles";
import { emrSecurityGroupNames } from "../../modules/emr-security-groups";
import { clusterTag } from "../../modules/emr-tag";
import { ask, type Context, type Finding, ok, refused, warning } from "./finding";

/** EMR's roles and groups, as far as what exists decides on what clusters reach, and whether they start. */
export async function* emrFindings(context: Context, described: Described): AsyncGenerator<Finding> {
  const { roles, instancePolicy } = described.emr;
  if (roles === "managed" && instancePolicy === "least-privilege") {
    yield await instancePolicyFinding(context);
  }
  if (described.kind === "client") {
    yield* groupFindings(context, described);
  }
}

/** A policy that was attached by hand stays beside the client's, and Terraform does not know of it. */
async function instancePolicyFinding({ aws }: Context): Promise<Finding> {
  const role = emrRoleNames.ec2;
  return await ask(`policies of ${role}`, async () => {
    const attached = await aws.iam.attachedPolicies(role);
    const found = attached.find(({ PolicyName }) => PolicyName === awsInstancePolicy);
    return found === undefined
      ? ok("let clusters reach what the files say")
      : warning(
          `have ${awsInstancePolicy} among them, by which clusters reach every bucket. If the plan does not destroy its attachment: aws iam detach-role-policy --role-name ${role} --policy-arn ${found.PolicyArn}`,
        );
  });
}

/** EMR's own groups, where the stack's clusters get others in addition: EMR itself or a shared stack creates them. */
async function* groupFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { aws, lookUp } = context;
  const additional = lookUp.resources.at("aws_security_group.emr_additional_master");
  const vpcId = additional && (await lookUp.text(additional, "vpc_id"));
  if (vpcId === undefined) {
    return;
  }
  for (const name of Object.values(emrSecurityGroupNames)) {
    yield await ask(`group ${name}`, async () =>
      (await aws.ec2.group(vpcId, name))
        ? ok("exists")
        : refused("does not exist. Deploy the account's shared stack first, or start an EMR cluster."),
    );
    const group = client.emr.servicePolicy === "v2" ? await aws.ec2.group(vpcId, name) : undefined;
    if (group !== undefined) {
      yield emrTagFinding(context, client, group.GroupId, group.Tags);
    }
  }
}

/**
 * Whether a subnet or group that the client uses and does not create has the tag that EMR's service policy v2 requires. A
 * deploy succeeds without it, but no cluster starts.
 */
export function emrTagFinding({ aws }: Context, client: Client, id = "", tags: readonly Tag[] = []): Finding {
  const [[key, value]] = Object.entries(clusterTag) as [[string, string]];
  const fix =
    client.sharedStack !== undefined
      ? `Deploy ${client.sharedStack} first.`
      : `aws ec2 create-tags --region ${aws.region} --resources ${id} --tags Key=${key},Value=${value}`;
  return {
    subject: `tag on ${id}`,
    ...(tags.some(({ Key, Value }) => Key === key && Value === value)
      ? ok(`${key} exists`)
      : warning(`${key} does not exist, so with service policy v2 no EMR cluster starts. ${fix}`)),
  };
}
