import {
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import {
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { behindLoadBalancer, inRoute53, withIpv6 } from "../../test/https-client";
import { asked, ec2, quotas, readyAccount, route53, subnets, withState } from "../../test/ready-account";

beforeEach(readyAccount);

const zone = (Id: string, Name = "example.com.", PrivateZone = false) => ({
  Id: `/hostedzone/${Id}`,
  Name,
  CallerReference: "x",
  Config: { PrivateZone },
});

function given(record: Partial<ResourceRecordSet>): void {
  route53.on(ListResourceRecordSetsCommand).resolves({
    ResourceRecordSets: [{ Name: "insights.example.com.", Type: "A", ...record }],
  });
}

const about = async (client: Parameters<typeof asked>[0] = inRoute53) =>
  (await asked(client)).rows.filter((row) => / (zone example|record insights|subnets of the load)/.test(row));

describe("the record of Insights", () => {
  it("can be made where the zone is public and the name is free", async () => {
    expect(await about()).toEqual([
      "ok zone example.com is public: Z1",
      "ok record insights.example.com does not exist: the name is free",
    ]);
    expect(await about({})).toEqual([]);
  });

  it.each([
    [[], "is not in Route 53 of this account"],
    [[zone("Z1", "example.community.")], "is not in Route 53 of this account"],
    [[zone("Z1", "example.com.", true)], "is private, so the Internet does not resolve its names"],
    [[zone("Z1"), zone("Z2")], "exists 2 times, Z1 and Z2, and Terraform cannot tell"],
  ])("needs one public zone of that name: %#", async (HostedZones, said) => {
    route53.on(ListHostedZonesByNameCommand).resolves({ HostedZones });

    const [ofZone, ofRecord] = await about();
    expect(ofZone).toMatch(/^refused zone example.com /);
    expect(ofZone).toContain(said);
    expect(ofRecord).toBe("refused record insights.example.com cannot be made without its zone.");
  });

  it.each<[Partial<ResourceRecordSet>, string]>([
    [{ Type: "CNAME", ResourceRecords: [{ Value: "old.example.com" }] }, "is a CNAME record with old.example.com."],
    [
      { ResourceRecords: [{ Value: "192.0.2.9" }] },
      'import it: docs/https.md, with `"aws_route53_record.dns_insights": "Z1_insights.example.com_A"`.',
    ],
  ])("is refused where the name is taken: %#", async (record, said) => {
    withState();
    given(record);

    const [, row] = await about();
    expect(row).toMatch(/^refused /);
    expect(row).toContain(said);
  });

  it("is the stack's where it leads to its Elastic IP, or its load balancer", async () => {
    withState();
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: [{ PublicIp: "192.0.2.9" }] });
    const leadsHere = "ok record insights.example.com exists, and leads to this client";

    given({ ResourceRecords: [{ Value: "192.0.2.9" }] });
    expect((await about())[1]).toBe(leadsHere);
    const DNSName = "dualstack.example-insights-1234.eu-west-1.elb.amazonaws.com.";
    given({ AliasTarget: { DNSName, HostedZoneId: "Z3", EvaluateTargetHealth: false } });
    expect((await about(behindLoadBalancer))[1]).toBe(leadsHere);
    given({
      AliasTarget: {
        DNSName: DNSName.replace("-1234", "-insights-1234"),
        HostedZoneId: "Z3",
        EvaluateTargetHealth: false,
      },
    });
    expect((await about(behindLoadBalancer))[1]).toMatch(/^refused/);
    given({ AliasTarget: { DNSName, HostedZoneId: "Z3", EvaluateTargetHealth: false } });
    expect((await about())[1]).toMatch(/^refused/);
  });

  it("is not the stack's before its first deploy", async () => {
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: [{ PublicIp: "192.0.2.9" }] });
    given({ ResourceRecords: [{ Value: "192.0.2.9" }] });

    expect((await about())[1]).toMatch(/^refused .* Route 53 takes no second one/);
  });

  it("has no AAAA record beside it that leads elsewhere", async () => {
    given({ Type: "AAAA", ResourceRecords: [{ Value: "2001:db8::1" }] });

    expect((await about())[1]).toMatch(/^warning .* has an AAAA record too, 2001:db8::1/);
    expect((await about(withIpv6))[1]).toContain(
      'import it: docs/https.md, with `"aws_route53_record.dns_insights_ipv6": "Z1_insights.example.com_AAAA"`.',
    );
    withState();
    const DNSName = "dualstack.example-insights-1234.eu-west-1.elb.amazonaws.com.";
    given({ Type: "AAAA", AliasTarget: { DNSName, HostedZoneId: "Z3", EvaluateTargetHealth: false } });
    expect((await about(withIpv6))[1]).toMatch(/^ok/);
    expect((await about(behindLoadBalancer))[1]).toMatch(/^ok/);
  });
});

describe("the load balancer's subnets in an existing VPC", () => {
  const subnetIds = subnets.map(({ SubnetId }) => SubnetId);
  const network = {
    vpc: "existing",
    vpcId: "vpc-0a1b2c3d",
    subnetId: subnetIds[0] as string,
    databaseSubnetIds: subnetIds,
  } as const;
  const answer = async () =>
    (await about({ ...behindLoadBalancer, network, tls: { on: "load-balancer", subnetIds } }))[2];
  const have = (fields: object) =>
    ec2.on(DescribeSubnetsCommand).callsFake(({ SubnetIds = subnetIds }: { readonly SubnetIds?: string[] }) => ({
      Subnets: subnets
        .filter(({ SubnetId }) => SubnetIds.includes(SubnetId))
        .map((subnet) => ({ ...subnet, ...fields })),
    }));

  it("are in two zones of it, with a way to the Internet", async () => {
    have({});
    expect(await answer()).toBe(
      "ok subnets of the load balancer are in eu-west-1a, eu-west-1b, with a way to the Internet",
    );

    have({ AvailabilityZone: "eu-west-1a" });
    expect(await answer()).toContain("AWS takes one of each zone, of two or more");

    have({ VpcId: "vpc-1" });
    expect(await answer()).toContain("not in vpc-0a1b2c3d. Correct `tls.subnetIds`");

    have({});
    ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [{ RouteTableId: "rtb-1", Routes: [] }] });
    expect(await answer()).toContain("so the load balancer could not be reached");
  });

  it("have ranges and routes of IPv6, with `tls.ipv6`; those of the default VPC too", async () => {
    const ofSubnets = async () => (await about(withIpv6))[2];
    const Ipv6CidrBlockAssociationSet = [
      { Ipv6CidrBlock: "2001:db8::/64", Ipv6CidrBlockState: { State: "associated" as const } },
    ];
    const routes = (...ofIpv6: object[]) =>
      ec2.on(DescribeRouteTablesCommand).resolves({
        RouteTables: [
          {
            RouteTableId: "rtb-1",
            Routes: [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }, ...ofIpv6],
          },
        ],
      });
    have({});
    expect(await ofSubnets()).toMatch(/^refused .* has no IPv6 range, and `tls.ipv6` wants one\./);
    have({ Ipv6CidrBlockAssociationSet });
    routes({ DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1" });
    expect(await ofSubnets()).toMatch(
      /^refused .*: the route of IPv6 to the Internet is missing, .*-ipv6-cidr-block ::\/0/,
    );
    routes({ DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1" });
    expect(await ofSubnets()).toMatch(/^ok /);
  });
});

describe("the quota of load balancers", () => {
  const ofBalancers = async (overrides: Parameters<typeof asked>[0] = behindLoadBalancer) =>
    (await asked(overrides)).rows.filter((row) => row.includes(" load balancers "));
  const named = (...names: string[]) =>
    ec2.on(DescribeNetworkInterfacesCommand).resolves({
      NetworkInterfaces: names.map((name) => ({ Description: `ELB app/${name}/50dc6c495c0c9188` })),
    });

  it("is of no client without one", async () => {
    expect(await ofBalancers({})).toEqual([]);
  });

  it("counts a load balancer once, however many zones it is in", async () => {
    named("one", "one", "two");
    const quota = { QuotaCode: "L-53DA6B97", ServiceCode: "elasticloadbalancing" };
    quotas.on(GetServiceQuotaCommand, quota).resolves({ Quota: { Value: 3 } });
    expect(await ofBalancers()).toEqual(["ok load balancers 2 of 3 are in use, the stack needs 1"]);

    named("one", "two", "three");
    expect(await ofBalancers()).toEqual([
      "refused load balancers 3 of 3 are in use, the stack needs 1. Ask AWS for more: Service Quotas, elasticloadbalancing, L-53DA6B97.",
    ]);
  });
});
