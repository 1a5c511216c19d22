import type { SharedInput } from "./config/client";

/** What olive and birch share: the account's EMR roles and EMR's groups in their VPC. */
const shared: SharedInput = {
  region: "eu-central-1",
  accountId: "210987654321",
  state: { bucket: "grove-terraform-state" },
  network: { vpc: "existing", vpcId: "vpc-0a1b2c3d4e5f60718" },
  // The identity provider of GitHub is one per account: this stack makes it, the clients' find it.
  ci: { github: { repository: "grove/infrastructure" } },
  tags: { CostCentre: "grove" },
};

export default shared;
