import { attribute, expectEach, principal, statement, statements, type Value } from "./values";

const actions = statement("emr_provisioning", 0, "actions");
const has = (action: string): Value => [
  `provision_emr_clusters allows ${action}`,
  (t) => (actions(t) as string[]).includes(action),
  true,
];

expectEach("IAM: provision_emr_clusters and edxanalytics", [
  ["the policy's name", attribute("aws_iam_policy", "emr_provisioning", "name"), "provision_emr_clusters"],
  has("elasticmapreduce:*"),
  has("iam:PassRole"),
  has("route53:Get*"),
  has("route53:List*"),
  has("ec2:DescribeInstances"),
  has("rds:DescribeDBInstances"),
  ["the policy allows nothing else", (t) => (actions(t) as string[]).length, 6],
  ["the policy is on everything", statement("emr_provisioning", 0, "resources"), ["*"]],
  ["the role's name", attribute("aws_iam_role", "emr_provisioning", "name"), "edxanalytics"],
  ["the role is EC2's", principal("emr_provisioning_trust"), ["ec2.amazonaws.com"]],
  [
    "the role has the policy",
    (t) => t.resource.aws_iam_role_policy_attachment?.emr_provisioning,
    expect.objectContaining({
      role: "${aws_iam_role.emr_provisioning.name}",
      policy_arn: "${aws_iam_policy.emr_provisioning.arn}",
    }),
  ],
  [
    "the instance profile has the role's name",
    attribute("aws_iam_instance_profile", "emr_provisioning", "name"),
    "edxanalytics",
  ],
]);

expectEach("IAM: Elasticsearch", [
  ["the user's name", attribute("aws_iam_user", "elasticsearch", "name"), "analytics_elasticsearch"],
  [
    "the user has an access key",
    attribute("aws_iam_access_key", "elasticsearch", "user"),
    "${aws_iam_user.elasticsearch.name}",
  ],
  [
    "the user has no policy of its own",
    (t) => Object.values(t.resource.aws_iam_user_policy ?? {}).map(({ user }) => user),
    ["${aws_iam_user.reports_user.name}"],
  ],
  ["the policy's name", attribute("aws_iam_policy", "emr_roles_elasticsearch_all", "name"), "elasticsearch_all"],
  [
    "the policy allows es:* on everything",
    statements("emr_roles_elasticsearch_all_statements"),
    [{ effect: "Allow", actions: ["es:*"], resources: ["*"] }],
  ],
  [
    "the policy is on EMR_EC2_DefaultRole",
    (t) => t.resource.aws_iam_role_policy_attachment?.emr_roles_elasticsearch_all_attachment,
    expect.objectContaining({
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy_arn: "${aws_iam_policy.emr_roles_elasticsearch_all.arn}",
    }),
  ],
]);

expectEach("IAM: EMR's roles", [
  ["the service role's name", attribute("aws_iam_role", "emr_roles_service", "name"), "EMR_DefaultRole"],
  ["the service role is EMR's", principal("emr_roles_service_trust"), ["elasticmapreduce.amazonaws.com"]],
  [
    "the service role has EMR's managed policy",
    attribute("aws_iam_role_policy_attachment", "emr_roles_service_managed", "policy_arn"),
    "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
  ],
  ["the EC2 role's name", attribute("aws_iam_role", "emr_roles_ec2", "name"), "EMR_EC2_DefaultRole"],
  ["the EC2 role is EC2's", principal("emr_roles_ec2_trust"), ["ec2.amazonaws.com"]],
  [
    "the EC2 role has EMR's managed policy",
    attribute("aws_iam_role_policy_attachment", "emr_roles_ec2_managed", "policy_arn"),
    "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
  ],
  [
    "the EC2 role's instance profile has its name",
    attribute("aws_iam_instance_profile", "emr_roles_ec2_profile", "name"),
    "EMR_EC2_DefaultRole",
  ],
]);

expectEach("IAM: reports and grades-download", [
  ["the reports user's name", attribute("aws_iam_user", "reports_user", "name"), "analytics_reports"],
  [
    "the reports user has an access key",
    attribute("aws_iam_access_key", "reports_user", "user"),
    "${aws_iam_user.reports_user.name}",
  ],
  ["its policy's name", attribute("aws_iam_user_policy", "reports_user", "name"), "s3-read-analytics-reports"],
  [
    "it gets and lists the reports bucket",
    statements("reports_user"),
    [
      {
        effect: "Allow",
        actions: ["s3:Get*", "s3:List*"],
        resources: ["arn:aws:s3:::runbook-analytics-api-reports", "arn:aws:s3:::runbook-analytics-api-reports/*"],
      },
    ],
  ],
  [
    "grades-download is on edxapp's bucket",
    attribute("aws_s3_bucket_policy", "grades_download", "bucket"),
    "runbook-edxapp",
  ],
  ["its version", (t) => t.data.aws_iam_policy_document?.grades_download?.version, "2008-10-17"],
  ["it allows s3:GetObject", statement("grades_download", 0, "actions"), ["s3:GetObject"]],
  [
    "on grades-download/*",
    statement("grades_download", 0, "resources"),
    ["arn:aws:s3:::runbook-edxapp/grades-download/*"],
  ],
  ["to the edxapp user", principal("grades_download"), ["arn:aws:iam::111122223333:user/edxapp"]],
]);
