import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** What may be without a public address: Elasticsearch inside the VPC, which a deployed domain does not get unnoticed, and EMR. */
export async function networks(steps: Steps, world: World, example: Described): Promise<void> {
  const workspace = new Workspace(world, example.name);
  const described = await edxappSide(world, example);
  const DomainName = example.client.elasticsearch?.domainName ?? "";
  const deploy = (elasticsearch: ClientInput["elasticsearch"], emr: ClientInput["emr"] = {}) =>
    workspace.deployed(changed(described, { elasticsearch, emr }));
  const inVpc = [
    "aws_iam_service_linked_role.elasticsearch_service_role",
    "aws_security_group.elasticsearch",
    "aws_vpc_security_group_egress_rule.elasticsearch_everything_out",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_analytics",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_master",
    "aws_vpc_security_group_ingress_rule.elasticsearch_https_from_slave",
  ];

  await steps.step("the client is deployed, with a public domain", async () => {
    await makeBucket(world, example.client.state.bucket);
    await deploy({});
  });
  await steps.step("a plan that would replace the protected domain by one in the VPC stops", async () => {
    await workspace.client(changed(described, { elasticsearch: { vpc: {} } }));
    await workspace.refused(
      ["plan", "-input=false", "-no-color"],
      /Instance cannot be destroyed[\s\S]*aws_elasticsearch_domain\.elasticsearch/,
    );
  });
  await steps.step("without protection it is replaced, and is in the VPC, in a group of its own", async () => {
    const { created, replaced, ...others } = await deploy({ vpc: {}, protected: false });
    equal("what is created", [...created].sort(), inVpc);
    equal("what is replaced", replaced, ["aws_elasticsearch_domain.elasticsearch"]);
    holds("nothing is destroyed besides", others.destroyed.length === 0 && others.removed.length === 0);
    const { DomainStatus: domain } = await world.es.send(new DescribeElasticsearchDomainCommand({ DomainName }));
    const { SecurityGroups: [group] = [] } = await world.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupNames: [`${example.name}-elasticsearch`] }),
    );
    equal("its groups", domain?.VPCOptions?.SecurityGroupIds, [group?.GroupId]);
    equal("its subnets", domain?.VPCOptions?.SubnetIds?.length, 1);
    equal("the output", (await workspace.outputs()).elasticsearch_endpoint, domain?.Endpoints?.vpc);
    const { Role } = await world.iam.send(
      new GetRoleCommand({ RoleName: "AWSServiceRoleForAmazonElasticsearchService" }),
    );
    equal("the role's path", Role?.Path, "/aws-service-role/es.amazonaws.com/");
  });
  await steps.step("a public one again takes group and role away", async () => {
    const { destroyed, replaced } = await deploy({ protected: false });
    equal("what is destroyed", [...destroyed].sort(), inVpc);
    equal("what is replaced", replaced, ["aws_elasticsearch_domain.elasticsearch"]);
  });

  const subnetId = await steps.step(
    "a subnet of clusters that has the Internet gateway's route stops a plan",
    async () => {
      const made = await privateSubnet(world);
      await workspace.client(
        changed(described, { elasticsearch: { protected: false }, emr: { subnetId: made.subnetId } }),
      );
      await workspace.refused(["plan", "-input=false", "-no-color"], /has no default route through a NAT gateway/);
      await made.leadBehindNat();
      return made.subnetId;
    },
  );
  const ofPublic = ["aws_security_group.emr_master", "aws_security_group.emr_slave"];
  const ofPrivate = ["aws_security_group.emr_additional_master", "aws_security_group.emr_additional_slave"];
  // From the former groups to the new ones.
  const ofMysql = /^aws_vpc_security_group_ingress_rule\.\w+_mysql_from_(master|slave)$/;
  const groupsOf = (addresses: readonly string[]) =>
    addresses.filter((address) => address.startsWith("aws_security_group.")).sort();
  await steps.step("behind a NAT gateway clusters are in it, with two groups of the client's own", async () => {
    const { created, destroyed, updated, replaced } = await deploy({ protected: false }, { subnetId });
    equal("groups that are created", groupsOf(created), ofPrivate);
    equal("groups that are destroyed", groupsOf(destroyed), ofPublic);
    equal("what else changes", [...updated.filter((address) => !ofMysql.test(address)), ...replaced], []);
    const outputs = await workspace.outputs();
    equal("vpc_subnet_id", outputs.subnet_id, subnetId);
    equal("additional groups", (outputs.emr_additional_master_security_groups as unknown as string[]).length, 1);
  });
  await steps.step("in the public subnet again they have EMR's groups", async () => {
    const { created, destroyed } = await deploy({ protected: false });
    equal("groups that are created", groupsOf(created), ofPublic);
    equal("groups that are destroyed", groupsOf(destroyed), ofPrivate);
  });
}

/** A subnet of the default VPC, which has the main route table until it is led behind a NAT gateway. */
async function privateSubnet({ ec2 }: World): Promise<{ subnetId: string; leadBehindNat(): Promise<void> }> {
  const { Vpcs: [vpc] = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] }),
  );
  const { Subnets: [open] = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "default-for-az", Values: ["true"] }] }),
  );
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc?.VpcId, CidrBlock: "172.31.240.0/24" }));
  const subnetId = Subnet?.SubnetId ?? "";
  return {
    subnetId,
    leadBehindNat: async () => {
      const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
      const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: open?.SubnetId, AllocationId }));
      const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc?.VpcId }));
      const RouteTableId = RouteTable?.RouteTableId ?? "";
      await ec2.send(
        new CreateRouteCommand({
          RouteTableId,
          DestinationCidrBlock: "0.0.0.0/0",
          NatGatewayId: NatGateway?.NatGatewayId,
        }),
      );
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: subnetId }));
    },
  };
}
