import type { RDS } from "@aws-sdk/client-rds";
import { Service } from "./service";

/** What is asked of RDS. */
export class Rds extends Service<RDS> {
  readonly instance = this.find(
    "rds:DescribeDBInstances",
    async (name: string) => (await this.client.describeDBInstances({ DBInstanceIdentifier: name })).DBInstances?.[0],
  );
  /** All instances of the region. */
  readonly instances = this.list("rds:DescribeDBInstances", "DBInstances", () =>
    this.client.paginateDescribeDBInstances({}),
  );
  readonly subnetGroup = this.find(
    "rds:DescribeDBSubnetGroups",
    async (DBSubnetGroupName: string) =>
      (await this.client.describeDBSubnetGroups({ DBSubnetGroupName })).DBSubnetGroups?.[0],
  );
  readonly parameterGroup = this.find(
    "rds:DescribeDBParameterGroups",
    async (DBParameterGroupName: string) =>
      (await this.client.describeDBParameterGroups({ DBParameterGroupName })).DBParameterGroups?.[0],
  );
  /** All parameter groups of the region, RDS's own among them. */
  readonly parameterGroups = this.list("rds:DescribeDBParameterGroups", "DBParameterGroups", () =>
    this.client.paginateDescribeDBParameterGroups({}),
  );
  /** All subnet groups of the region. */
  readonly subnetGroups = this.list("rds:DescribeDBSubnetGroups", "DBSubnetGroups", () =>
    this.client.paginateDescribeDBSubnetGroups({}),
  );
  readonly snapshot = this.find(
    "rds:DescribeDBSnapshots",
    async (name: string) => (await this.client.describeDBSnapshots({ DBSnapshotIdentifier: name })).DBSnapshots?.[0],
  );
  /** Tags of a group, which no description of a group has. */
  readonly tags = this.ask(
    "rds:ListTagsForResource",
    async (arn: string) => (await this.client.listTagsForResource({ ResourceName: arn })).TagList ?? [],
  );
  /** With what RDS offers MySQL on a class of instances. */
  readonly offers = this.list(
    "rds:DescribeOrderableDBInstanceOptions",
    "OrderableDBInstanceOptions",
    (DBInstanceClass: string) =>
      this.client.paginateDescribeOrderableDBInstanceOptions({ Engine: "mysql", DBInstanceClass }),
  );
}
