import {
  type DBInstance,
  type DBParameterGroup,
  type DBSnapshot,
  type DBSubnetGroup,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  ListTagsForResourceCommand,
  type OrderableDBInstanceOption,
  paginateDescribeDBInstances,
  paginateDescribeOrderableDBInstanceOptions,
  type RDSClient,
  type Tag,
} from "@aws-sdk/client-rds";
import { pages, type Questions } from "./questions";

/** What is asked of RDS. */
export class Rds {
  constructor(
    private readonly client: RDSClient,
    private readonly questions: Questions,
  ) {}

  async instance(identifier: string): Promise<DBInstance | undefined> {
    const answer = await this.questions.find("rds:DescribeDBInstances", identifier, () =>
      this.client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier })),
    );
    return answer?.DBInstances?.[0];
  }

  /** All instances of the region. */
  instances(): Promise<readonly DBInstance[]> {
    return this.questions.ask("rds:DescribeDBInstances", "", () =>
      pages(paginateDescribeDBInstances({ client: this.client }, {}), ({ DBInstances }) => DBInstances),
    );
  }

  async subnetGroup(name: string): Promise<DBSubnetGroup | undefined> {
    const answer = await this.questions.find("rds:DescribeDBSubnetGroups", name, () =>
      this.client.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name })),
    );
    return answer?.DBSubnetGroups?.[0];
  }

  async parameterGroup(name: string): Promise<DBParameterGroup | undefined> {
    const answer = await this.questions.find("rds:DescribeDBParameterGroups", name, () =>
      this.client.send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name })),
    );
    return answer?.DBParameterGroups?.[0];
  }

  async snapshot(identifier: string): Promise<DBSnapshot | undefined> {
    const answer = await this.questions.find("rds:DescribeDBSnapshots", identifier, () =>
      this.client.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: identifier })),
    );
    return answer?.DBSnapshots?.[0];
  }

  /** Tags of a group, which no description of a group has. */
  async tags(arn: string): Promise<readonly Tag[]> {
    const { TagList = [] } = await this.questions.ask("rds:ListTagsForResource", arn, () =>
      this.client.send(new ListTagsForResourceCommand({ ResourceName: arn })),
    );
    return TagList;
  }

  /** With what RDS offers MySQL on a class of instances. */
  offers(instanceClass: string): Promise<readonly OrderableDBInstanceOption[]> {
    return this.questions.ask("rds:DescribeOrderableDBInstanceOptions", instanceClass, () =>
      pages(
        paginateDescribeOrderableDBInstanceOptions(
          { client: this.client },
          { Engine: "mysql", DBInstanceClass: instanceClass },
        ),
        (page) => page.OrderableDBInstanceOptions,
      ),
    );
  }
}
