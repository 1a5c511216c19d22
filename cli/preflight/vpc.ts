import { DescribeVpcAttributeCommand, DescribeVpcsCommand, type Filter, type Vpc } from "@aws-sdk/client-ec2";
import type { NetworkConfig, SharedNetworkConfig } from "../../clients/config/network";
import { absent, ask, type Context, type Finding, ok, refused } from "./finding";

/** A network that is there. */
export type ExistingNetwork = Exclude<NetworkConfig, { vpc: "new" }>;

/** The VPC that a file names; undefined where there is none. */
export async function findVpc(
  { aws }: Context,
  network: SharedNetworkConfig | ExistingNetwork,
): Promise<Vpc | undefined> {
  const wanted = network.vpc === "default" ? { Filters: [filter("is-default", "true")] } : { VpcIds: [network.vpcId] };
  const answer = await aws.askIfThere("ec2:DescribeVpcs", aws.ec2.send(new DescribeVpcsCommand(wanted)), absent.vpc);
  return answer?.Vpcs?.[0];
}

/** Whether the VPC is there, with what EMR needs of it. */
export async function* vpcFindings(
  context: Context,
  network: SharedNetworkConfig | ExistingNetwork,
  vpc: Vpc | undefined,
): AsyncGenerator<Finding> {
  const subject = network.vpc === "default" ? "default VPC" : network.vpcId;
  if (vpc === undefined) {
    const fix =
      network.vpc === "default"
        ? "Make one with `aws ec2 create-default-vpc`, or choose another `network.vpc`"
        : "Correct `network.vpcId`";
    yield { subject, ...refused(`is missing in ${context.region}. ${fix}.`) };
    return;
  }
  yield { subject, ...ok(`is there: ${vpc.VpcId}, ${vpc.CidrBlock}`) };
  yield* dnsFindings(context, vpc, "", "so EMR clusters would stay in `provisioning`");
}

/**
 * A VPC's two DNS attributes.
 * @param of whose they are, behind the attribute's name
 * @param consequence what comes of it where one is off, as the end of a sentence
 */
export async function* dnsFindings(
  { aws, region }: Context,
  { VpcId }: Vpc,
  of: string,
  consequence: string,
): AsyncGenerator<Finding> {
  for (const [attribute, option] of [
    ["enableDnsSupport", "--enable-dns-support"],
    ["enableDnsHostnames", "--enable-dns-hostnames"],
  ] as const) {
    yield await ask(`DNS ${attribute === "enableDnsSupport" ? "support" : "hostnames"}${of}`, async () => {
      const answer = await aws.ask(
        "ec2:DescribeVpcAttribute",
        aws.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: attribute })),
      );
      const value = attribute === "enableDnsSupport" ? answer.EnableDnsSupport : answer.EnableDnsHostnames;
      return value?.Value
        ? ok("is on")
        : refused(
            `is off, ${consequence}. aws ec2 modify-vpc-attribute --region ${region} --vpc-id ${VpcId} ${option}`,
          );
    });
  }
}

/** A filter of EC2's look-ups with one value. */
export function filter(Name: string, value: string): Filter {
  return { Name, Values: [value] };
}
