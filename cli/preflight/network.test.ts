import {
  DescribeAvailabilityZonesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import { asked, ec2, failing, readyAccount, subnets } from "../../test/ready-account";

beforeEach(readyAccount);

describe("the network", () => {
  it.each<[string, Partial<ClientInput>, () => void, string]>([
    [
      "no default VPC",
      {},
      () => ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [] }),
      "refused default VPC does not exist in eu-west-1. Make one with `aws ec2 create-default-vpc`",
    ],
    [
      "no DNS hostnames",
      {},
      () => ec2.on(DescribeVpcAttributeCommand, { Attribute: "enableDnsHostnames" }).resolves({}),
      "refused DNS hostnames is off, so EMR clusters would stay in `provisioning`. Turn it on: `aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0a1b2c3d --enable-dns-hostnames`.",
    ],
    [
      "no subnet in a zone",
      {},
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.slice(0, 1) }),
      "refused subnet of eu-west-1b does not exist.",
    ],
    [
      "no Internet route",
      {},
      () => ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [{ RouteTableId: "rtb-1", Routes: [] }] }),
      "refused Internet route is missing, so EMR clusters would stay in `provisioning`. Attach a gateway to the VPC, then: `aws ec2 create-route --region eu-west-1 --route-table-id rtb-1",
    ],
    [
      "a subnet of another VPC",
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3e", "subnet-0a1b2c3f"],
        },
      },
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ ...subnets[0], VpcId: "vpc-99999999" }] }),
      "refused subnet-0a1b2c3d is in vpc-99999999, not in vpc-0a1b2c3d.",
    ],
    [
      "database subnets in one zone",
      {
        network: {
          vpc: "existing",
          vpcId: "vpc-0a1b2c3d",
          subnetId: "subnet-0a1b2c3d",
          databaseSubnetIds: ["subnet-0a1b2c3e", "subnet-0a1b2c3f"],
        },
      },
      () => ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.slice(0, 1) }),
      "refused database subnets are all in eu-west-1a; RDS requires two zones.",
    ],
    [
      "a zone that is not there",
      { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1p"] } },
      () =>
        ec2
          .on(DescribeAvailabilityZonesCommand)
          .resolves({ AvailabilityZones: [{ ZoneName: "eu-west-1a" }, { ZoneName: "eu-west-1b" }] }),
      "refused zones eu-west-1p not among eu-west-1's, eu-west-1a, eu-west-1b.",
    ],
  ])("does not suit: %s", async (_, overrides, given, expected) => {
    given();

    expect((await asked(overrides)).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("of a subnet without a route table is the VPC's main one", async () => {
    ec2
      .on(DescribeRouteTablesCommand, { Filters: [{ Name: "association.subnet-id", Values: ["subnet-0a1b2c3a"] }] })
      .resolves({ RouteTables: [] });

    expect((await asked()).rows).toContain("ok Internet route goes by igw-0a1b2c3d");
  });
});

describe("a private subnet of the clusters", () => {
  const about = async () =>
    (await asked({ emr: { subnetId: "subnet-0a1b2c3b" } })).rows.filter((row) =>
      /^\S+ (subnet \S+|way out) of clusters /.test(row),
    );
  const leads = (...Routes: object[]) =>
    ec2
      .on(DescribeRouteTablesCommand, { Filters: [{ Name: "association.subnet-id", Values: ["subnet-0a1b2c3b"] }] })
      .resolves({ RouteTables: [{ RouteTableId: "rtb-2", Routes }] });
  const byId = (fields: object) =>
    ec2
      .on(DescribeSubnetsCommand, { Filters: [], SubnetIds: ["subnet-0a1b2c3b"] })
      .resolves({ Subnets: [{ ...subnets[1], ...fields }] });

  it("has a way out that is no Internet gateway", async () => {
    byId({});
    leads({ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" });
    expect(await about()).toEqual([
      "ok subnet subnet-0a1b2c3b of clusters exists: eu-west-1b, 172.31.0.0/20",
      "ok way out of clusters is nat-1",
    ]);
    leads({ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" });
    expect((await about())[1]).toMatch(/^refused .* is igw-1, an Internet gateway, .* or remove `emr\.subnetId`\.$/);
    leads({ DestinationCidrBlock: "172.31.0.0/16", GatewayId: "local" });
    expect((await about())[1]).toMatch(/^refused .* is missing, .*--route-table-id rtb-2 .*--nat-gateway-id nat-…`\.$/);
  });

  it("is in the client's VPC", async () => {
    byId({ VpcId: "vpc-1" });
    expect(await about()).toEqual([
      "refused subnet subnet-0a1b2c3b of clusters is in vpc-1, the client in vpc-0a1b2c3d. Correct `emr.subnetId`.",
    ]);
  });
});

describe("EMR's tag", () => {
  const v2 = { servicePolicy: "v2" } as const;
  const tags = [{ Key: "for-use-with-amazon-emr-managed-policies", Value: "true" }];
  const about = (rows: readonly string[]) => rows.filter((row) => row.includes("tag on"));
  const given = (Tags: typeof tags) => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.map((subnet) => ({ ...subnet, Tags })) });
    for (const [letter, name] of [
      ["a", "ElasticMapReduce-master"],
      ["b", "ElasticMapReduce-slave"],
    ] as const) {
      ec2
        .on(DescribeSecurityGroupsCommand, {
          Filters: [
            { Name: "vpc-id", Values: ["vpc-0a1b2c3d"] },
            { Name: "group-name", Values: [name] },
          ],
        })
        .resolves({ SecurityGroups: [{ GroupId: `sg-0000000${letter}`, Tags }] });
    }
  };

  it("is wanted with service policy v2 on what others make", async () => {
    const missing =
      "for-use-with-amazon-emr-managed-policies does not exist, so with service policy v2 no EMR cluster starts.";
    given([]);

    expect(about((await asked({ sharing: "shared-stack", emr: v2 })).notOk)).toEqual([
      `warning tag on subnet-0a1b2c3a ${missing} Deploy shared-123456789012-eu-west-1 first.`,
      ...["a", "b"].map(
        (letter) => `warning tag on sg-0000000${letter} ${missing} Deploy shared-123456789012-eu-west-1 first.`,
      ),
    ]);
    expect(about((await asked({ emr: { ...v2, securityGroups: { existing: true } } })).notOk)).toEqual(
      ["a", "b"].map(
        (letter) =>
          `warning tag on sg-0000000${letter} ${missing} Add it: \`aws ec2 create-tags --region eu-west-1 --resources sg-0000000${letter} --tags Key=for-use-with-amazon-emr-managed-policies,Value=true\`.`,
      ),
    );
  });

  it("is seen where it is", async () => {
    given(tags);

    expect(about((await asked({ sharing: "shared-stack", emr: v2 })).rows)).toEqual(
      ["subnet-0a1b2c3a", "sg-0000000a", "sg-0000000b"].map(
        (id) => `ok tag on ${id} for-use-with-amazon-emr-managed-policies exists`,
      ),
    );
  });

  it("is not looked for with service policy v1", async () => {
    given([]);

    expect(about((await asked({ sharing: "shared-stack" })).rows)).toEqual([]);
  });
});

describe("the peered VPC", () => {
  const edxapp = { VpcId: "vpc-0000000e", CidrBlockAssociationSet: [{ CidrBlock: "10.0.0.0/16" }] };
  const client: Partial<ClientInput> = {
    network: {
      vpc: "new",
      zones: ["eu-west-1a", "eu-west-1b"],
      peering: { vpcId: edxapp.VpcId, cidr: "10.0.0.0/16", routeTableIds: ["rtb-0000000e"] },
    },
    edxapp: { ...example.edxapp, database: { ...example.edxapp.database, access: "cidr-rules" } },
  };
  const ofPeer = (rows: readonly string[]) => rows.filter((row) => /peered VPC|route tables/.test(row));

  beforeEach(() => {
    ec2.on(DescribeAvailabilityZonesCommand).resolves({
      AvailabilityZones: [{ ZoneName: "eu-west-1a" }, { ZoneName: "eu-west-1b" }],
    });
    ec2.on(DescribeVpcsCommand, { VpcIds: [edxapp.VpcId] }).resolves({ Vpcs: [edxapp] });
    ec2
      .on(DescribeRouteTablesCommand, { Filters: [{ Name: "vpc-id", Values: [edxapp.VpcId] }] })
      .resolves({ RouteTables: [{ RouteTableId: "rtb-0000000e" }] });
  });

  it("suits: it exists, with its range, DNS and route tables", async () => {
    expect(ofPeer((await asked(client)).rows)).toEqual([
      "ok peered VPC exists: vpc-0000000e",
      "ok DNS support of peered VPC is on",
      "ok DNS hostnames of peered VPC is on",
      "ok its route tables exist",
    ]);
  });

  it.each<[string, () => void, string]>([
    [
      "it is missing",
      () => ec2.on(DescribeVpcsCommand, { VpcIds: [edxapp.VpcId] }).rejects(failing("InvalidVpcID.NotFound")),
      "refused peered VPC vpc-0000000e does not exist in eu-west-1. Correct `network.peering.vpcId`.",
    ],
    [
      "it has another range",
      () =>
        ec2
          .on(DescribeVpcsCommand, { VpcIds: [edxapp.VpcId] })
          .resolves({ Vpcs: [{ ...edxapp, CidrBlockAssociationSet: [{ CidrBlock: "10.1.0.0/16" }] }] }),
      "refused peered VPC vpc-0000000e has 10.1.0.0/16, not 10.0.0.0/16. Correct `network.peering.cidr`.",
    ],
    [
      "another range of its overlaps",
      () =>
        ec2.on(DescribeVpcsCommand, { VpcIds: [edxapp.VpcId] }).resolves({
          Vpcs: [
            { ...edxapp, CidrBlockAssociationSet: [{ CidrBlock: "10.0.0.0/16" }, { CidrBlock: "10.20.128.0/20" }] },
          ],
        }),
      "refused peered VPC vpc-0000000e has 10.20.128.0/20 too, which overlaps with `network.cidr`, 10.20.0.0/16, and AWS does not peer VPCs whose ranges overlap. Choose another `network.cidr`.",
    ],
    [
      "it has no DNS hostnames",
      () => ec2.on(DescribeVpcAttributeCommand, { Attribute: "enableDnsHostnames" }).resolves({}),
      "refused DNS hostnames of peered VPC is off, and AWS resolves names over a peering only where it is on. Turn it on: `aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0000000e --enable-dns-hostnames`.",
    ],
    [
      "it has no DNS support",
      () => ec2.on(DescribeVpcAttributeCommand, { Attribute: "enableDnsSupport" }).resolves({}),
      "refused DNS support of peered VPC is off, and AWS resolves names over a peering only where it is on. Turn it on: `aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0000000e --enable-dns-support`.",
    ],
    [
      "a route table is another VPC's",
      () =>
        ec2
          .on(DescribeRouteTablesCommand, { Filters: [{ Name: "vpc-id", Values: [edxapp.VpcId] }] })
          .resolves({ RouteTables: [{ RouteTableId: "rtb-0000000f" }] }),
      "refused its route tables rtb-0000000e not in vpc-0000000e. Correct `network.peering.routeTableIds`.",
    ],
  ])("does not suit: %s", async (_, given, expected) => {
    given();

    expect(ofPeer((await asked(client)).notOk)).toEqual([expected]);
  });
});
