import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import example from "../../clients/example";
import type { ReleaseName } from "../../config/tables/versions-by-release";
import type { Overrides } from "../../test/client-files";
import { firstPlan } from "../../test/first-plan";
import { withIpv6 } from "../../test/https-client";
import { keys } from "../../test/kms-client";
import { synthesizeClient } from "../../test/synth";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readTypes } from "./reads";

const folder = join(__dirname, "..", "..", "__snapshots__");
const stacks = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

/** All that is said of the first deploy of a stack that comes with the project: what others reach, and no more. */
const web = ["http_from_anywhere opens to the world: tcp 80", "https_from_anywhere opens to the world: tcp 443"].map(
  (opening) => `aws_vpc_security_group_ingress_rule.analytics_${opening} from 0.0.0.0/0`,
);
/** Of CI's stacks, which a person deploys: which repository gets in, and how. Their boundaries are proven to be nothing else. */
const tokens = (provider: string) =>
  [
    ["apply", "repo:grove/infrastructure:environment:production"],
    ["plan", "repo:grove/infrastructure:pull_request or repo:grove/infrastructure:ref:refs/heads/main"],
  ].map(
    ([role, subject]) =>
      `aws_iam_role.${role} can be assumed from outside of AWS: allow sts:AssumeRoleWithWebIdentity to ${provider}, if token.actions.githubusercontent.com:aud is sts.amazonaws.com and token.actions.githubusercontent.com:sub is ${subject}`,
  );
const existingProvider = "arn:aws:iam::210987654321:role/identity_provider";
const deserved: Readonly<Record<string, readonly string[]>> = {
  example: web,
  birch: [
    ...web,
    "aws_vpc_security_group_ingress_rule.edxapp_database_mysql_from_emr_subnet opens tcp 3306 of sg-0a1b2c3d4e5f6071d, an existing group, from ${data.aws_subnet.network_subnet.cidr_block}",
  ],
  olive: [
    ...web,
    "aws_iam_user_policy.grades_download is a policy on the user olive-edxapp, which the plan does not have",
  ],
  "birch-ci": tokens(existingProvider),
  "olive-ci": tokens(existingProvider),
  "shared-210987654321-eu-central-1-ci": [
    ...tokens("${aws_iam_openid_connect_provider.identity_provider.arn}"),
    "aws_iam_openid_connect_provider.identity_provider has AWS trust the tokens of https://token.actions.githubusercontent.com, where a role names it, for the audience sts.amazonaws.com",
  ],
  complete: [
    ...web.map((alarm) => alarm.replace("rule.analytics", "rule.load_balancer")),
    // An existing subnet gets it for `emr.servicePolicy: "v2"`.
    "aws_ec2_tag.network_subnet_cluster_tag marks ${data.aws_subnet.network_us_west_2a.id} with the tag for-use-with-amazon-emr-managed-policies, true, by which policies may know it",
  ],
  "complete-ci": [
    "aws_iam_role.apply can be assumed from outside of AWS: allow sts:AssumeRoleWithWebIdentity to ${aws_iam_openid_connect_provider.identity_provider.arn}, if gitlab.com:aud is https://gitlab.com/apply and gitlab.com:sub is project_path:complete/infrastructure:ref_type:branch:ref:main",
    "aws_iam_role.plan can be assumed with tokens of each subject like project_path:complete/infrastructure:ref_type:branch:ref:*: allow sts:AssumeRoleWithWebIdentity to ${aws_iam_openid_connect_provider.identity_provider.arn}, if gitlab.com:aud is https://gitlab.com and gitlab.com:sub is like project_path:complete/infrastructure:ref_type:branch:ref:*",
    "aws_iam_openid_connect_provider.identity_provider has AWS trust the tokens of https://gitlab.com, where a role names it, for the audience https://gitlab.com, https://gitlab.com/apply",
    "aws_iam_policy.alarms may run code as others, or read their secrets: allow budgets:ModifyBudget, budgets:TagResource, budgets:UntagResource, cloudwatch:DeleteAlarms and 21 more on arn:aws:sns:us-west-2:345678901234:complete-analytics, arn:aws:sns:us-west-2:345678901234:complete-analytics:*, arn:aws:events:us-west-2:345678901234:rule/complete-analytics-clusters, arn:aws:states:us-west-2:345678901234:stateMachine:complete-analytics-clusters and 2 more",
    "aws_iam_policy.alarms may act as arn:aws:iam::345678901234:role/complete-analytics-clusters, which the plan does not make: allow iam:PassRole on arn:aws:iam::345678901234:role/complete-analytics-clusters, if iam:PassedToService is events.amazonaws.com or states.amazonaws.com",
    "aws_iam_policy.ec2 may act as arn:aws:iam::345678901234:role/complete-analytics-backups, which the plan does not make: allow iam:PassRole on arn:aws:iam::345678901234:role/complete-analytics-backups, if iam:PassedToService is dlm.amazonaws.com",
    "aws_iam_policy.https may lead elsewhere what is meant for others: allow route53:ChangeResourceRecordSets on arn:aws:route53:::hostedzone/*, if every route53:ChangeResourceRecordSetsNormalizedRecordNames is like insights.complete.example or _*.insights.complete.example",
  ],
  // As the runbook has it: no encryption, SSH from anywhere, any role passed to EMR's clusters, and EMR with all of every domain.
  runbook: [
    "aws_db_instance.database_1 is not encrypted: storage_encrypted is off",
    ...["encrypt_at_rest", "node_to_node_encryption"].map(
      (name) => `aws_elasticsearch_domain.elasticsearch is not encrypted: ${name} is off`,
    ),
    ...web,
    "aws_vpc_security_group_ingress_rule.director_ssh_from_anywhere opens to the world: tcp 22 from 0.0.0.0/0",
    "aws_iam_policy.emr_provisioning may give itself other permissions: allow elasticmapreduce:*, route53:Get*, route53:List*, ec2:DescribeInstances and 2 more on *",
    "aws_iam_policy.emr_roles_elasticsearch_all allows all of es:* on everything: allow es:* on *",
    "aws_iam_role_policy_attachment.emr_roles_ec2_managed attaches AWS's policy AmazonElasticMapReduceforEC2Role, which no stack attaches there, or which is wide",
  ],
};

const optional = {
  ...withIpv6,
  alarms: { emails: ["ops@example.com", "finance@example.com"], monthlyBudgetUsd: 500, clusterHours: 24 },
  hosts: { ...withIpv6.hosts, backups: {}, iterations: { "1": { kmsKeyId: keys.hosts } } },
  sessionManager: true,
  database: { iterations: { "1": { kmsKeyId: keys.database } } },
  elasticsearch: { vpc: {}, kmsKeyId: keys.domain },
  buckets: { apiReports: {}, kmsKeyId: keys.buckets },
};

describe("the first deploy of a client with `dns`, `tls`, `alarms`, `hosts.backups`, `elasticsearch.vpc`, `sessionManager` and keys of KMS", () => {
  it("has no alarm of them but for the ranges that are let in", () => {
    const all = alarmsOfPlan(firstPlan(synthesizeClient(optional))).map(
      (alarm) => `${alarm.resource.address} ${textOf(alarm)}`,
    );

    const ofBalancer = web.map((alarm) => alarm.replace("rule.analytics", "rule.load_balancer"));
    const ofIpv6 = ofBalancer.map((alarm) => alarm.replace("_anywhere", "_anywhere_ipv6").replace("0.0.0.0/0", "::/0"));
    expect([...all].sort()).toEqual([...ofBalancer, ...ofIpv6].sort());
  });

  it("reads and asks nothing that no stack does", () => {
    const template = synthesizeClient(optional);
    const read = Object.keys(template.data);

    expect(read.filter((type) => !readTypes.includes(type))).toEqual([]);
  });
});

describe("the first deploy of a director that installs at its first boot", () => {
  const said = (release: ReleaseName, configurationFiles: Overrides["configurationFiles"] = {}) =>
    alarmsOfPlan(
      firstPlan(
        synthesizeClient({
          release,
          allowDiscontinued: true,
          configurationFiles,
          director: { ...example.director, firstBoot: "install" } as NonNullable<Overrides["director"]>,
        }),
      ),
    )
      .map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`)
      .filter((alarm) => alarm.startsWith("aws_instance."));

  it.each(["ficus", "juniper", "koa", "quince"] as const)("has no alarm of %s's own playbooks", (release) => {
    expect(said(release)).toEqual([]);
  });

  it("has one of a fork or branch, whose owner gets root there", () => {
    const alarm =
      "aws_instance.director is given user data that no stack has but one whose director installs from a fork of edx/configuration, which it runs as root when it starts";

    expect(said("nutmeg", { gitPath: "acme" })).toEqual([alarm]);
    expect(said("nutmeg", { openedxRelease: "of-acme" })).toEqual([alarm]);
  });
});

describe("the first deploy of a shipped stack", () => {
  it.each(stacks)("%s has no alarm but those that it deserves", (stack) => {
    const plan = firstPlan(JSON.parse(readFileSync(join(folder, `${stack}.json`), "utf8")));
    const alarms = alarmsOfPlan(plan).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);

    expect(alarms).toEqual(deserved[stack] ?? []);
  });
});
