/** What the runbook lets the hosts do so that Jenkins starts EMR clusters, but for `iam:PassRole`. */
export const clusterActions = [
  "elasticmapreduce:*",
  "route53:Get*",
  "route53:List*",
  "ec2:DescribeInstances",
  "rds:DescribeDBInstances",
];
