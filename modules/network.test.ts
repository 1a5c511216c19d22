import { synthesize, type Template } from "../test/synth";
import { Network, type NetworkProps } from "./network";

const zones = ["eu-west-1a", "eu-west-1b"];
const existing = {
  name: "acme",
  vpc: "existing",
  vpcId: "vpc-0a1b2c3d",
  subnetId: "subnet-0000000a",
  databaseSubnetIds: ["subnet-0000000b", "subnet-0000000c"],
} as const;

function network(props: NetworkProps): Template & { made: Network } {
  let made: Network | undefined;
  const synthesised = synthesize((stack) => {
    made = new Network(stack, "network", props);
  });
  return { ...synthesised, made: made as Network };
}

describe("network", () => {
  it("is a new VPC of 10.20.0.0/16 with a public subnet in each zone", () => {
    const { resource } = network({ name: "acme", vpc: "new", zones });

    expect(resource.aws_vpc?.network).toMatchObject({ cidr_block: "10.20.0.0/16", tags: { Name: "acme" } });
    expect(Object.keys(resource.aws_subnet ?? {})).toEqual(["network_eu_west_1a", "network_eu_west_1b"]);
    expect(resource.aws_subnet?.network_eu_west_1a?.tags).toEqual({ Name: "acme-eu-west-1a" });
    expect(resource).not.toHaveProperty("aws_vpc_peering_connection");
    expect(resource.aws_db_subnet_group?.network_database).toMatchObject({ name: "acme" });
  });

  it("is the default VPC, or another that exists, without a tag of its own", () => {
    const inDefault = network({ name: "acme", vpc: "default", zones });
    const inExisting = network(existing);

    expect(inDefault.data.aws_vpc?.network).toMatchObject({ default: true });
    expect(inExisting.data.aws_vpc?.network).toMatchObject({ id: "vpc-0a1b2c3d" });
    expect(inExisting.resource).not.toHaveProperty("aws_ec2_tag");
    expect(inExisting.data).not.toHaveProperty("aws_security_group");
  });

  it("has the tag of EMR's service policy v2 on its subnets on request", () => {
    const made = network({ name: "acme", vpc: "new", zones, clusterTag: true });
    const found = network({ ...existing, clusterTag: true });

    expect(made.resource.aws_subnet?.network_eu_west_1b?.tags).toMatchObject({
      "for-use-with-amazon-emr-managed-policies": "true",
    });
    expect(found.resource.aws_ec2_tag?.network_subnet_cluster_tag).toMatchObject({ value: "true" });
  });

  it("has the VPC's default group on request", () => {
    expect(network(existing).made.defaultSecurityGroupIds).toEqual([]);
    expect(network({ ...existing, defaultSecurityGroup: true }).data.aws_security_group?.network_default).toMatchObject(
      { name: "default" },
    );
  });

  it("says what is wrong in the words of its props, or in those that it is given", () => {
    const errorsOf = (props: Partial<NetworkProps>) => {
      const { data } = network({ ...existing, existingSubnetGroupName: "acme", ...props } as NetworkProps);
      return [data.aws_subnet?.network_subnet, data.aws_db_subnet_group?.network_database].map(
        (source) => source?.lifecycle.postcondition[0].error_message,
      );
    };

    expect(errorsOf({})).toEqual([
      "Subnet ${self.id} is in ${self.vpc_id}, not in the given VPC. Correct `subnetId` or `vpcId`.",
      "Subnet group ${self.name} is in ${self.vpc_id}, not in the VPC of the network. Correct `existingSubnetGroupName` or the VPC.",
    ]);
    expect(errorsOf({ subnetHint: "this one.", subnetGroupHint: "that one." })).toEqual([
      "Subnet ${self.id} is in ${self.vpc_id}, not in this one.",
      "Subnet group ${self.name} is in ${self.vpc_id}, not in that one.",
    ]);
  });
});
