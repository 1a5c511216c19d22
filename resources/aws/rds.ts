import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  paginateDescribeDBInstances,
  paginateDescribeOrderableDBInstanceOptions,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { Service } from "./service";

/** What is asked of RDS. */
export class Rds extends Service<RDSClient> {
  readonly instance = this.find(
    "rds:DescribeDBInstances",
    (DBInstanceIdentifier: string) => new DescribeDBInstancesCommand({ DBInstanceIdentifier }),
    ({ DBInstances }) => DBInstances?.[0],
  );
  /** All instances of the region. */
  readonly instances = this.list(
    "rds:DescribeDBInstances",
    () => paginateDescribeDBInstances({ client: this.client }, {}),
    ({ DBInstances }) => DBInstances,
  );
  readonly subnetGroup = this.find(
    "rds:DescribeDBSubnetGroups",
    (DBSubnetGroupName: string) => new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }),
    ({ DBSubnetGroups }) => DBSubnetGroups?.[0],
  );
  readonly parameterGroup = this.find(
    "rds:DescribeDBParameterGroups",
    (DBParameterGroupName: string) => new DescribeDBParameterGroupsCommand({ DBParameterGroupName }),
    ({ DBParameterGroups }) => DBParameterGroups?.[0],
  );
  readonly snapshot = this.find(
    "rds:DescribeDBSnapshots",
    (DBSnapshotIdentifier: string) => new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier }),
    ({ DBSnapshots }) => DBSnapshots?.[0],
  );
  /** Tags of a group, which no description of a group has. */
  readonly tags = this.ask(
    "rds:ListTagsForResource",
    (ResourceName: string) => new ListTagsForResourceCommand({ ResourceName }),
    ({ TagList = [] }) => TagList,
  );
  /** With what RDS offers MySQL on a class of instances. */
  readonly offers = this.list(
    "rds:DescribeOrderableDBInstanceOptions",
    (DBInstanceClass: string) =>
      paginateDescribeOrderableDBInstanceOptions({ client: this.client }, { Engine: "mysql", DBInstanceClass }),
    (page) => page.OrderableDBInstanceOptions,
  );
}
