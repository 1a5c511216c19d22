import { z } from "zod";
import { awsId, cidr, isWithin, overlap, reservedRanges, unique, zone } from "./fields";

const common = {
  /**
   * Put hosts and databases into the VPC's `default` group as the runbook does, whose members reach each other on
   * every port. Without it the director and the analytics hosts reach MySQL by rules of their own.
   * @default false
   */
  defaultSecurityGroup: z.boolean().default(false),
};

const zones = z.array(zone).refine(...unique("zone"));
const twoZones = zones.min(2, {
  error: "two zones or more are required, because RDS requires subnets in two. Name a second one.",
});

/** The region's default VPC (runbook, EC2: "Ensure the Network setting is set to the default VPC"). */
const defaultVpc = z.strictObject({
  ...common,
  /** The region's default VPC. */
  vpc: z.literal("default"),
  /**
   * Availability zones whose default subnets are used: the first holds hosts and EMR, all of them the database. One zone where
   * `database.subnetGroup` exists, two or more otherwise.
   */
  zones: zones.min(1, { error: "a zone is required, which holds hosts and EMR. Name one." }),
});

/** An existing VPC, looked up by id. */
const existingVpc = z.strictObject({
  ...common,
  /** An existing VPC, looked up by id. */
  vpc: z.literal("existing"),
  /** Id of the VPC, with DNS hostnames on and an Internet gateway in the route table (runbook, VPC DNS hostname). */
  vpcId: awsId("vpc", "See `aws ec2 describe-vpcs`"),
  /** Id of the public subnet that holds the hosts and the EMR clusters (runbook, VPC Subnet). */
  subnetId: awsId("subnet", "See `aws ec2 describe-subnets`"),
  /**
   * Ids of the subnets of the database, in two availability zones or more.
   * @default - none, where `database.subnetGroup` exists; required otherwise
   */
  databaseSubnetIds: z
    .array(awsId("subnet", "See `aws ec2 describe-subnets`"))
    .min(2, {
      error: "two subnets or more are required, in different availability zones, because RDS requires two. Add one.",
    })
    .default([]),
});

/** Peering with the VPC of the edxapp RDS, in the same account and region. */
const peering = z.strictObject({
  /** Id of the VPC of the edxapp RDS. */
  vpcId: awsId("vpc", "See `aws ec2 describe-vpcs`"),
  /** IPv4 range of that VPC, or one that holds all of its ranges, /8 to /28. */
  cidr: cidr
    .refine((range) => isMask(range, 8, 28), {
      abort: true,
      error: "a VPC has ranges of /16 to /28, and a range for all of them is /8 or narrower. Write that VPC's own.",
    })
    .refine((range) => !reservedRanges.some((reserved) => overlap(reserved, range)), {
      error: `no VPC has addresses of ${reservedRanges.join(", ")}. Write that VPC's own range.`,
    }),
  /** Ids of the route tables of the edxapp RDS's subnets, which get the way back. */
  routeTableIds: z
    .array(awsId("rtb", "See `aws ec2 describe-route-tables`"))
    .min(1, { error: "one route table or more is required, or answers do not come back. Name the RDS's." })
    .refine(...unique("route table")),
});

/** RFC 1918; of public ranges AWS takes some, and the Internet behind them is out of reach then. */
export const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** A VPC of the client's own: DNS hostnames, Internet gateway, public subnets. */
const newVpc = z.strictObject({
  ...common,
  /** A VPC of the client's own. */
  vpc: z.literal("new"),
  /**
   * IPv4 range of the VPC, private, /16 to /24; each subnet is a sixteenth of it.
   * @default "10.20.0.0/16"
   */
  cidr: cidr
    .default("10.20.0.0/16")
    .refine((range) => isMask(range, 16, 24), {
      error: "a VPC is /16 to /24 here, so that its subnets are /20 to /28. Choose such a mask.",
    })
    .refine(isPrivate, {
      error: `a private range is required, of ${privateRanges.join(", ")}. Choose one that edxapp's VPC has not.`,
    }),
  /** Availability zones, one public subnet in each: the first holds hosts and EMR, all of them the database. */
  zones: twoZones,
  /**
   * The way to the edxapp RDS.
   * @default - none: the pipeline cannot reach the edxapp RDS, and synth says so
   */
  peering: peering.optional(),
});

/** Where the client's things are placed (runbook, VPC DNS hostname and VPC Subnet). */
export const network = z.discriminatedUnion("vpc", [defaultVpc, existingVpc, newVpc]);

export type NetworkFields = z.output<typeof network>;

/** Where the groups of a shared stack are placed, and the clients' subnets, which `servicePolicy: "v2"` has tagged here. */
export const sharedNetwork = z.discriminatedUnion("vpc", [
  defaultVpc.pick({ vpc: true }).extend({
    /**
     * Availability zones whose default subnets hold EMR clusters: the first of each client's `network.zones`.
     * @default - none
     */
    zones: z
      .array(zone)
      .refine(...unique("zone"))
      .optional(),
  }),
  existingVpc.pick({ vpc: true, vpcId: true }).extend({
    /**
     * Ids of the subnets that hold EMR clusters: each client's `network.subnetId`.
     * @default - none
     */
    subnetIds: z
      .array(awsId("subnet", "See `aws ec2 describe-subnets`"))
      .refine(...unique("subnet"))
      .optional(),
  }),
]);

export type SharedNetworkFields = z.output<typeof sharedNetwork>;

function isPrivate(range: string): boolean {
  return privateRanges.some((whole) => isWithin(range, whole));
}

function isMask(range: string, widest: number, narrowest: number): boolean {
  const mask = Number(range.split("/")[1]);
  return mask >= widest && mask <= narrowest;
}
