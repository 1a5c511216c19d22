import { defineClient } from "edx-analytics-aws";

/** A client on Olive, which has no Elasticsearch; it shares account and VPC with birch. */
export default defineClient({
  region: "eu-central-1",
  accountId: "210987654321",
  release: "olive",
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
  hosts: { keyPair: { existing: "grove-analytics" } },
  edxapp: {
    userArn: "arn:aws:iam::210987654321:user/olive-edxapp",
    gradesBucket: { name: "olive-edxapp", access: "user-policy" },
    database: { identifier: "olive-edxapp", user: "olive", access: "group-rules" },
  },
  buckets: { apiReports: {} },
  ci: { github: { repository: "grove/infrastructure" } },
  tags: { CostCentre: "grove" },
});
