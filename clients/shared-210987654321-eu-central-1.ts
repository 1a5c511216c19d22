import { defineSharedStack } from "edx-analytics-aws";

/** What olive and birch share: the account's EMR roles and EMR's groups in their VPC. */
export default defineSharedStack({
  state: { bucket: "grove-terraform-state" },
  network: { vpc: "existing", vpcId: "vpc-0a1b2c3d4e5f60718" },
  // The identity provider of GitHub is one per account: this stack manages it, the clients' CI stacks find it.
  ci: { github: { repository: "grove/infrastructure" } },
  tags: { CostCentre: "grove" },
});
