import { attributesOf } from "../../resources/attributes";
import { referenceIn } from "../../resources/stack-resources";
import { type Finding, ok, refused, warning } from "../findings";
import { count } from "../layout";
import { ask, type Context } from "./finding";

/** What makes a destroy stop, hang until it fails, or lose something. */
export async function* destroyFindings(context: Context): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  const isProtected = resources.all.filter(({ arguments: { lifecycle } }) => attributesOf(lifecycle).prevent_destroy);
  yield {
    subject: "protection",
    ...(isProtected.length === 0
      ? ok("is off")
      : refused(
          `is on for ${isProtected.map(({ address }) => address).join(", ")}. Set \`protected: false\` and deploy first; of a policy that is merged, leave it first: docs/operations.md.`,
        )),
  };
  yield* groupFindings(context);
  yield* keyFindings(context);
  yield* dataFindings(context);
}

/** AWS deletes no group that something is in, and Terraform waits for it. */
async function* groupFindings({ aws, lookUp }: Context): AsyncGenerator<Finding> {
  const own = lookUp.resources.of("aws_db_instance").map(({ arguments: { identifier } }) => identifier);
  for (const [{ arguments: given }, id] of await lookUp.foundAmong(lookUp.resources.of("aws_security_group"))) {
    yield await ask(`group ${given.name}`, async () => {
      const members = (await aws.rds.instances())
        .filter(({ DBInstanceIdentifier }) => !own.includes(DBInstanceIdentifier))
        .filter(({ VpcSecurityGroups = [] }) => VpcSecurityGroups.some((group) => group.VpcSecurityGroupId === id))
        .map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
      return members.length === 0
        ? ok("has no other RDS instance in it")
        : refused(
            `has RDS ${members.join(", ")} in it, and the destroy would wait in vain. Remove the group from it; sg-… are its other groups: \`aws rds modify-db-instance --region ${aws.region} --db-instance-identifier ${members[0]} --apply-immediately --vpc-security-group-ids sg-…\`.`,
          );
    });
  }
}

/** IAM deletes no user who has another key. */
async function* keyFindings({ aws, lookUp }: Context): AsyncGenerator<Finding> {
  for (const { address, arguments: given } of lookUp.resources.of("aws_iam_user")) {
    const name = String(given.name);
    const managed = lookUp.resources
      .of("aws_iam_access_key")
      .filter(({ arguments: { user } }) => referenceIn(String(user))?.address === address).length;
    yield await ask(`keys of ${name}`, async () => {
      const keys = (await aws.iam.accessKeys(name)).map(({ AccessKeyId }) => AccessKeyId);
      return keys.length <= managed
        ? ok("are the stack's")
        : refused(
            `are ${keys.join(" and ")}, and the stack manages ${managed}: IAM does not delete a user that has another key. Delete it: \`aws iam delete-access-key --user-name ${name} --access-key-id …\`.`,
          );
    });
  }
}

/** What goes with its data, and what keeps a database from leaving its last snapshot. */
async function* dataFindings({ aws, lookUp }: Context): AsyncGenerator<Finding> {
  for (const { arguments: given } of lookUp.resources.of("aws_s3_bucket")) {
    const bucket = String(given.bucket);
    yield await ask(`bucket ${bucket}`, async () => {
      if ((await aws.s3.bucket(bucket)) === undefined || (await aws.s3.isEmpty(bucket))) {
        return ok("has no objects");
      }
      return given.force_destroy === true
        ? warning("is destroyed with all its objects and their versions. Copy what is still needed.")
        : refused("has objects, and is not destroyed with them while it is protected.");
    });
  }
  for (const { arguments: given } of lookUp.resources.of("aws_db_instance")) {
    const snapshot = String(given.final_snapshot_identifier);
    yield await ask(`final snapshot ${snapshot}`, async () =>
      (await aws.rds.snapshot(snapshot))
        ? refused("exists already, of an earlier instance, and RDS makes no second one. Copy and delete it.")
        : ok(`will be made of ${given.identifier}`),
    );
  }
}

/** A shared stack goes after those who use it. */
export async function* dependantFindings(clients: readonly string[]): AsyncGenerator<Finding> {
  yield {
    subject: "clients",
    ...(clients.length === 0
      ? ok("none uses it")
      : refused(`${clients.join(", ")}: ${count(clients.length, "client")} of it left. Destroy them first.`)),
  };
}
