import type { Vpc } from "@aws-sdk/client-ec2";
import type { NetworkFields, SharedNetworkFields } from "../../config/schema/network";
import type { Aws } from "../../resources/aws/aws";
import { ask, type Context, type Finding, ok, refused } from "./finding";

/** A network that exists. */
export type ExistingNetwork = Exclude<NetworkFields, { vpc: "new" }>;

/** The VPC that a file names; undefined where there is none. */
export function findVpc({ ec2 }: Aws, network: SharedNetworkFields | ExistingNetwork): Promise<Vpc | undefined> {
  return network.vpc === "default" ? ec2.defaultVpc() : ec2.vpc(network.vpcId);
}

/** Whether the VPC exists, with what EMR needs of it. */
export async function* vpcFindings(
  context: Context,
  network: SharedNetworkFields | ExistingNetwork,
): AsyncGenerator<Finding> {
  const vpc = await findVpc(context.aws, network);
  const subject = network.vpc === "default" ? "default VPC" : network.vpcId;
  if (vpc === undefined) {
    const fix =
      network.vpc === "default"
        ? "Make one with `aws ec2 create-default-vpc`, or choose another `network.vpc`"
        : "Correct `network.vpcId`";
    yield { subject, ...refused(`does not exist in ${context.aws.region}. ${fix}.`) };
    return;
  }
  yield { subject, ...ok(`exists: ${vpc.VpcId}, ${vpc.CidrBlock}`) };
  yield* dnsFindings(context, vpc, "", "so EMR clusters would stay in `provisioning`");
}

/**
 * A VPC's two DNS attributes.
 * @param of whose they are, behind the attribute's name
 * @param consequence what comes of it where one is off, as the end of a sentence
 */
export async function* dnsFindings(
  { aws }: Context,
  { VpcId = "" }: Vpc,
  of: string,
  consequence: string,
): AsyncGenerator<Finding> {
  for (const [attribute, name, option] of [
    ["enableDnsSupport", "support", "--enable-dns-support"],
    ["enableDnsHostnames", "hostnames", "--enable-dns-hostnames"],
  ] as const) {
    yield await ask(`DNS ${name}${of}`, async () =>
      (await aws.ec2.vpcAttribute(VpcId, attribute))
        ? ok("is on")
        : refused(
            `is off, ${consequence}. aws ec2 modify-vpc-attribute --region ${aws.region} --vpc-id ${VpcId} ${option}`,
          ),
    );
  }
}
