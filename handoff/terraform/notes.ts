import { isDeepStrictEqual } from "node:util";
import type { Value } from "./hcl/value";

interface Note {
  /** Type of the resource, and path of the argument in it. */
  readonly on: readonly [type: string, ...path: string[]];
  /**
   * The value that it is about.
   * @default - any
   */
  readonly value?: Value;
  readonly lines: readonly string[];
}

/** Why an argument is as it is, for those who read the exported files without the modules that they come from. */
export const notes: readonly Note[] = [
  {
    on: ["aws_instance", "lifecycle", "ignore_changes"],
    lines: [
      "Once made, a host follows neither newer images nor a new first boot; and a stopped host reads as",
      "one without a public address, which would replace it.",
    ],
  },
  {
    on: ["aws_instance", "metadata_options", "http_tokens"],
    value: "optional",
    lines: ["boto 2, which the pipeline uses, knows IMDSv1 alone."],
  },
  {
    on: ["aws_ami", "include_deprecated"],
    lines: ["Images past their support are deprecated, and hidden from a look-up that does not ask for them."],
  },
  {
    on: ["aws_eip_association", "lifecycle", "create_before_destroy"],
    lines: ["The address moves from host to host, and is at no time on none."],
  },
  {
    on: ["aws_db_parameter_group", "lifecycle", "create_before_destroy"],
    lines: ["A new engine is a new group, which the instance moves to before the old one can go."],
  },
  {
    on: ["aws_db_instance", "lifecycle", "ignore_changes"],
    lines: ["Decided when the instance is made: the provider does not send a change, and would plan it for ever."],
  },
  {
    on: ["aws_elasticsearch_domain", "access_policies"],
    lines: ["Inside the domain: the provider waits for a principal that is too new on create only."],
  },
  {
    on: ["aws_security_group", "revoke_rules_on_delete"],
    lines: ["EMR adds rules of its own whenever a cluster starts."],
  },
  {
    on: ["aws_route_table_association", "route_table_id"],
    lines: ["By way of the route, so that what is placed into the subnet boots with its way out."],
  },
  {
    on: ["aws_iam_instance_profile", "name"],
    value: "EMR_EC2_DefaultRole",
    lines: ["EMR takes one name for the profile and its role."],
  },
  {
    on: ["aws_iam_role", "max_session_duration"],
    value: 7200,
    lines: ["An apply of everything waits for RDS."],
  },
  {
    on: ["aws_s3_bucket", "force_destroy"],
    value: true,
    lines: ["A bucket that is given up goes with its objects, of which it always has some."],
  },
  {
    on: ["aws_secretsmanager_random_password", "exclude_punctuation"],
    lines: ["Letters and digits alone need no quoting in YAML, INI, JSON, SQL or bash."],
  },
  {
    on: ["aws_ssm_parameter", "depends_on"],
    lines: ["It says what is there: the passwords first."],
  },
  {
    on: ["mysql_databases", "pattern"],
    lines: [
      "The first to connect: a server out of reach is one error after seconds, not one for each resource in turn.",
    ],
  },
  {
    on: ["aws_ssm_parameter", "value_wo_version"],
    lines: ["Raised by one, it makes a new password. Change no other argument without it: AWS would get an empty one."],
  },
  {
    on: ["mysql_user", "password_wo_version"],
    lines: ["The version of the parameter in SSM; raised by one, it sets the password anew."],
  },
  {
    on: ["aws_s3_bucket_policy", "lifecycle", "prevent_destroy"],
    lines: ["Destroying the policy would remove the statements of others too."],
  },
  {
    on: ["aws_s3_bucket_policy", "depends_on"],
    lines: ["S3 takes one change of a bucket's access at a time."],
  },
  {
    on: ["aws_s3_object", "content_type"],
    value: "application/x-directory",
    lines: ["The enrollment task wants to list this folder before there is anything in it."],
  },
];

/** What is to be said above an argument. */
export function noteOn(
  { type, path }: { readonly type: string; readonly path: readonly string[] },
  value: Value,
): readonly string[] {
  const note = notes.find(
    (candidate) =>
      isDeepStrictEqual(candidate.on, [type, ...path]) && (candidate.value === undefined || candidate.value === value),
  );
  return note?.lines ?? [];
}
