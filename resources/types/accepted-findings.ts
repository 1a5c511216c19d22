import { type Attributes, attributesOf, blocks, texts } from "../attributes";

/** A finding of checkov that is accepted, by its number, and why. */
export interface AcceptedFinding {
  readonly check: string;
  readonly reason: string;
  /**
   * Whether a resource has the finding, from its arguments.
   * @default - each one of its type has
   */
  readonly when?: (resource: Attributes) => boolean;
}

/** Of what the project leaves off, as it costs more each month. */
function costs(what: string): string {
  return `${what} would cost extra; turn it on where the client needs it`;
}

const awsKey = "encrypted with AWS's own key; a customer managed key is the client's decision";
const oneNode = "one node, as the runbook has it: the index can be built anew by the pipeline";

/** checkov knows the ranges of a rule, and takes one that admits a group alone to be open to the world. */
function admitsGroup(...ports: readonly number[]): (rule: Attributes) => boolean {
  return ({ referenced_security_group_id: group, from_port: from, to_port: to }) =>
    group !== undefined && ports.some((port) => Number(from) <= port && port <= Number(to));
}

const misread = "misread: the rule admits one security group alone, and no range of addresses";

/** Blocks of an argument as the JSON form has them: one may stand without brackets. */
function inJson(value: unknown): readonly Attributes[] {
  return blocks([value ?? []].flat());
}

function inOneBlock(value: unknown): Attributes {
  return attributesOf(inJson(value)[0]);
}

/** Actions that IAM knows for `*` alone. */
const withoutResource: readonly unknown[] = [
  "cloudwatch:PutMetricData",
  "logs:DeleteResourcePolicy",
  "logs:PutResourcePolicy",
  "secretsmanager:GetRandomPassword",
  "ssm:DescribeParameters",
];

/** Whether a policy allows something on every resource, without a condition. */
function onEverything({ statement }: Attributes): boolean {
  return inJson(statement).some(
    ({ effect, actions, resources, condition }) =>
      effect !== "Deny" &&
      condition === undefined &&
      texts(resources).includes("*") &&
      texts(actions).some((action) => !withoutResource.includes(action)),
  );
}

/** Whether it allows more than reading there. */
function changesEverything(document: Attributes): boolean {
  return inJson(document.statement).some(
    (statement) =>
      onEverything({ statement: [statement] }) && texts(statement.actions).some((action) => /:\*$/.test(action)),
  );
}

/** Whether a document allows all of a service: of a policy that would be a fault, of a permissions boundary it is none. */
function allowsAllOf(service: string): (document: Attributes) => boolean {
  return ({ statement }) =>
    inJson(statement).some(({ effect, actions }) => effect !== "Deny" && texts(actions).includes(`${service}:*`));
}

const limits = "a permissions boundary, which allows nothing by itself; what counts is what it denies";

const unknownResources =
  "EMR's clusters have no ARN before they are started; es:* on every domain is the runbook's, where it was chosen";

/** By Terraform type, data sources as `data.<type>`. */
export const acceptedFindings: Readonly<Record<string, readonly AcceptedFinding[]>> = {
  "data.aws_iam_policy_document": [
    {
      check: "CKV_AWS_356",
      reason:
        "actions that name no resource, such as Describe, and those of EMR's clusters, which have no ARN before they start",
      when: onEverything,
    },
    { check: "CKV_AWS_107", reason: limits, when: allowsAllOf("secretsmanager") },
    { check: "CKV_AWS_108", reason: limits, when: allowsAllOf("s3") },
    { check: "CKV2_AWS_40", reason: limits, when: allowsAllOf("iam") },
    { check: "CKV_AWS_109", reason: unknownResources, when: changesEverything },
    { check: "CKV_AWS_111", reason: unknownResources, when: changesEverything },
    {
      check: "CKV_AWS_111",
      reason: "the agent of Session Manager has sessions of its own host alone, and its actions have no resources",
      when: ({ statement }) =>
        inJson(statement).some(({ actions }) => texts(actions).includes("ssmmessages:CreateControlChannel")),
    },
  ],
  aws_cloudwatch_log_group: [
    { check: "CKV_AWS_158", reason: awsKey },
    { check: "CKV_AWS_338", reason: "application logs of the search index are of use for weeks, not for a year" },
  ],
  aws_db_instance: [
    {
      check: "CKV_AWS_16",
      reason: "made without encryption; it cannot be turned on without replacing the instance",
      when: ({ storage_encrypted: encrypted }) => encrypted !== true,
    },
    { check: "CKV_AWS_118", reason: costs("enhanced monitoring") },
    { check: "CKV_AWS_129", reason: costs("exported logs") },
    { check: "CKV_AWS_157", reason: costs("Multi-AZ"), when: ({ multi_az: multiAz }) => multiAz !== true },
    { check: "CKV_AWS_161", reason: "Insights, Django and the pipeline log in with passwords" },
    { check: "CKV_AWS_226", reason: "patches are applied by a plan that somebody reads, not by themselves" },
    { check: "CKV_AWS_353", reason: costs("Performance Insights") },
    { check: "CKV2_AWS_69", reason: "the software of these releases connects without TLS, inside the VPC" },
  ],
  aws_elasticsearch_domain: [
    {
      check: "CKV_AWS_5",
      reason: "this version or instance type knows no encryption at rest",
      when: ({ encrypt_at_rest: encryption }) => inOneBlock(encryption).enabled !== true,
    },
    {
      check: "CKV_AWS_84",
      reason: costs("application logs"),
      when: ({ log_publishing_options: logs }) => inJson(logs).length === 0,
    },
    {
      check: "CKV_AWS_137",
      reason: "public as in the runbook; every request is signed, by the users of its policy alone",
      when: ({ vpc_options: options }) => options === undefined,
    },
    {
      check: "CKV_AWS_247",
      reason: awsKey,
      when: ({ encrypt_at_rest: atRest }) => attributesOf(atRest).kms_key_id === undefined,
    },
    {
      check: "CKV_AWS_248",
      reason: "in no VPC, so in no security group",
      when: ({ vpc_options: vpc }) => vpc === undefined,
    },
    { check: "CKV_AWS_317", reason: "audit logs require fine-grained access control, which the clients do not speak" },
    { check: "CKV_AWS_318", reason: oneNode },
    { check: "CKV2_AWS_52", reason: "access is by IAM's signatures alone; the clients speak nothing else" },
    { check: "CKV2_AWS_59", reason: oneNode },
  ],
  aws_iam_user: [
    { check: "CKV_AWS_273", reason: "software signs with its key, as its settings take nothing else; no one signs in" },
  ],
  aws_iam_user_policy: [{ check: "CKV_AWS_40", reason: "the one policy of a user for software, for one purpose" }],
  aws_instance: [
    {
      check: "CKV_AWS_79",
      reason: "boto 2, which the pipeline uses, knows IMDSv1 alone; one hop reaches no container",
      when: ({ metadata_options: options }) => inOneBlock(options).http_tokens !== "required",
    },
    { check: "CKV_AWS_88", reason: "reached from outside, by its security group's rules alone" },
    { check: "CKV_AWS_126", reason: costs("detailed monitoring") },
    { check: "CKV_AWS_135", reason: "t3 and later are EBS-optimized always, and earlier types take no such option" },
    {
      check: "CKV2_AWS_41",
      reason: "it calls nothing of AWS",
      when: ({ iam_instance_profile: profile }) => profile === undefined,
    },
  ],
  aws_lb: [
    { check: "CKV_AWS_91", reason: costs("access logs") },
    {
      check: "CKV_AWS_150",
      reason: "the client file turns protection off, to remove it",
      when: ({ enable_deletion_protection: isProtected }) => isProtected !== true,
    },
    { check: "CKV2_AWS_28", reason: costs("a Web application firewall") },
  ],
  aws_s3_bucket: [
    { check: "CKV_AWS_18", reason: costs("access logs") },
    { check: "CKV_AWS_144", reason: costs("replication") },
    { check: "CKV_AWS_145", reason: "a customer managed key is the client's decision" },
    { check: "CKV2_AWS_62", reason: "nothing listens to events of the bucket" },
  ],
  aws_security_group: [
    {
      check: "CKV2_AWS_5",
      reason: "EMR puts it on the instances of its clusters",
      when: ({ description }) => /^EMR (masters|slaves) |Elastic MapReduce$/.test(String(description)),
    },
  ],
  aws_sfn_state_machine: [
    { check: "CKV_AWS_284", reason: costs("X-Ray") },
    { check: "CKV_AWS_285", reason: costs("logs of executions, which Step Functions shows for 90 days") },
  ],
  aws_sns_topic: [
    { check: "CKV_AWS_26", reason: "alarms of CloudWatch cannot be published with AWS's own key, and hold no secret" },
  ],
  aws_ssm_parameter: [
    {
      check: "CKV2_AWS_34",
      reason: "holds numbers of versions, no secret",
      when: ({ type }) => type === "String",
    },
    { check: "CKV_AWS_337", reason: awsKey, when: ({ type }) => type === "SecureString" },
  ],
  aws_vpc_security_group_ingress_rule: [
    { check: "CKV_AWS_24", reason: misread, when: admitsGroup(22) },
    { check: "CKV_AWS_25", reason: misread, when: admitsGroup(3389) },
    { check: "CKV_AWS_260", reason: misread, when: admitsGroup(80) },
    {
      check: "CKV_AWS_260",
      reason: "Insights is for everybody on the Web",
      when: ({ cidr_ipv4, cidr_ipv6, from_port: from }) =>
        ["0.0.0.0/0", "::/0"].includes(String(cidr_ipv4 ?? cidr_ipv6)) && from === 80,
    },
    {
      check: "CKV_AWS_24",
      reason: "SSH is open to the world, as in the runbook; name the operators' ranges in its place",
      when: ({ cidr_ipv4: range, from_port: from }) => range === "0.0.0.0/0" && from === 22,
    },
    { check: "CKV_AWS_277", reason: misread, when: admitsGroup(-1) },
  ],
};

/** The accepted findings that a resource has. */
export function acceptedFindingsOf(kind: string, resource: Attributes): readonly AcceptedFinding[] {
  return (acceptedFindings[kind] ?? []).filter(({ when }) => when === undefined || when(resource));
}
