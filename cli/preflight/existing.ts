import { ciStackName } from "../../config/ci-names";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";

/** Asks for what a data source looks up. */
type Question = (source: StackResource, context: Context) => AsyncIterable<Finding>;

const shareRoles = "Deploy the account's shared stack first, or `aws emr create-default-roles`";

/** By the type of the data source; of those that the network, images and the grades bucket are about, other sections ask. */
const questions: Readonly<Record<string, Question>> = {
  aws_key_pair: async function* ({ address, arguments: { key_name } }, { aws }) {
    const field = fieldOf(address);
    yield await ask(`key pair ${key_name}`, async () => {
      const keyPair = await aws.ec2.keyPair(String(key_name));
      if (keyPair === undefined) {
        return refused(`does not exist in ${aws.region}. Correct \`${field}\`, or give a public key.`);
      }
      return keyPair.KeyType === "ed25519" && field === "hosts.keyPair"
        ? warning(
            "exists, and is an ed25519 key: Jenkins logs in to EMR clusters with it, and its SSH agent reads RSA keys alone. " +
              "Use a key pair of the type RSA; docs/upgrading.md has the way for hosts that are deployed.",
          )
        : ok("exists");
    });
  },
  aws_iam_role: async function* ({ arguments: given }, { aws: { iam } }) {
    const name = String(given.name);
    yield await ask(`role ${name}`, async () =>
      (await iam.role(name)) ? ok("exists") : refused(`does not exist. ${shareRoles}.`),
    );
    if (name.includes("EC2")) {
      yield await ask(`profile ${name}`, async () => {
        const profile = await iam.instanceProfile(name);
        const found = profile ? "does not have the role of its name, which EMR expects" : "does not exist";
        return profile?.Roles?.some(({ RoleName }) => RoleName === name)
          ? ok("exists, with the role")
          : refused(`${found}. ${shareRoles}.`);
      });
    }
  },
  aws_security_group: async function* (source, context) {
    const { id, name } = source.arguments;
    yield id === undefined
      ? await ask(`group ${name}`, async () => {
          const vpcId = await context.lookUp.text(source, "vpc_id");
          return vpcId !== undefined && (await context.aws.ec2.group(vpcId, String(name)))
            ? ok("exists")
            : refused("does not exist. Correct `network`.");
        })
      : await groupFinding(context, String(id));
  },
  aws_db_subnet_group: async function* ({ arguments: { name } }, { aws: { rds } }) {
    yield await ask(`subnet group ${name}`, async () => {
      const group = await rds.subnetGroup(String(name));
      return group === undefined
        ? refused("does not exist. Correct `database.subnetGroup`, or remove it.")
        : ok(`exists, and is used as it is: ${group.VpcId}`);
    });
  },
  aws_s3_bucket: async function* (source, context) {
    yield await ask(`bucket ${source.arguments.bucket}`, () => bucketAnswer(source, context));
  },
};

/** Whether what the stack uses and does not create exists. */
export async function* existingFindings(context: Context): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  for (const source of resources.lookedUp) {
    yield* questions[source.type]?.(source, context) ?? [];
  }
  const limited = [...resources.of("aws_iam_role"), ...resources.of("aws_iam_user")];
  for (const arn of new Set(limited.flatMap(({ arguments: { permissions_boundary: arn } }) => arn ?? []))) {
    yield await boundaryFinding(context, String(arn));
  }
  const members = [...resources.of("aws_instance"), ...resources.of("aws_db_instance")];
  const groups = members.flatMap(({ arguments: { vpc_security_group_ids: ids = [] } }) => ids as readonly string[]);
  for (const id of new Set(groups.filter((group) => !group.includes("${")))) {
    yield await groupFinding(context, id);
  }
}

/** The permissions boundary of roles and users, without which AWS creates none of them. */
function boundaryFinding({ aws, name }: Context, arn: string): Promise<Finding> {
  const policy = arn.replace(/^.*\//, "");
  return ask(`permissions boundary ${policy}`, async () =>
    (await aws.iam.policy(policy))
      ? ok("exists")
      : refused(`does not exist. Deploy ${ciStackName(name)} first, with a person's credentials: docs/ci.md.`),
  );
}

/** A group that the file names by its id has to be in the VPC of the stack's own. */
function groupFinding({ aws, lookUp }: Context, id: string): Promise<Finding> {
  return ask(`group ${id}`, async () => {
    const group = await aws.ec2.groupById(id);
    const vpcId = await lookUp.vpcId();
    const found = group === undefined ? "does not exist" : `is in ${group.VpcId}, the client in ${vpcId}`;
    return group !== undefined && (vpcId === undefined || group.VpcId === vpcId)
      ? ok(`exists: ${group.GroupName}`)
      : refused(`${found}. Correct its id in the client file.`);
  });
}

async function bucketAnswer({ address, arguments: { bucket } }: StackResource, { aws }: Context): Promise<Answer> {
  const field = fieldOf(address);
  const fix = `Correct \`${field}.existing\`, or give the bucket a \`name\` to manage it`;
  const found = await aws.s3.bucketOfAnyAccount(String(bucket));
  if (found === undefined) {
    return refused(`does not exist. ${fix}.`);
  }
  if (!found.accessible) {
    return refused(`is another account's, or these credentials lack s3:ListBucket on it. ${fix}.`);
  }
  // The tracking logs are read through a fixed endpoint; the pipeline's own buckets are used in the client's region.
  return found.region === aws.region || field === "buckets.trackingLogs"
    ? ok(`exists, in ${found.region}`)
    : refused(`is in ${found.region}, not in ${aws.region}, where the pipeline works. ${fix}.`);
}
