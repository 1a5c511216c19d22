import { defineClient } from "edx-analytics-aws";

/** A client on Maple with a host for each service; it shares account and VPC with olive. */
export default defineClient({
  region: "eu-central-1",
  accountId: "210987654321",
  release: "maple",
  naming: "prefixed",
  state: { bucket: "grove-terraform-state" },
  sharing: "shared-stack",
  network: {
    vpc: "existing",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    subnetId: "subnet-0a1b2c3d4e5f60719",
    databaseSubnetIds: ["subnet-0a1b2c3d4e5f6071a", "subnet-0a1b2c3d4e5f6071b"],
  },
  director: { existing: "sg-0a1b2c3d4e5f6071c" },
  hosts: {
    keyPair: { existing: "grove-analytics" },
    iterations: { "1": { layout: "separate" } },
  },
  edxapp: {
    userArn: "arn:aws:iam::210987654321:role/birch-edxapp",
    gradesBucket: { name: "birch-edxapp", access: "print" },
    database: {
      address: "mysql.birch.example.org",
      securityGroupIds: ["sg-0a1b2c3d4e5f6071d"],
      user: "birch",
      access: "cidr-rules",
    },
  },
  elasticsearch: { applicationLogs: {} },
  ci: { github: { repository: "grove/infrastructure" } },
  tags: { CostCentre: "grove" },
});
