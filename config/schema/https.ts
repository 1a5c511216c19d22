import { z } from "zod";
import { awsId, unique } from "./fields";

const hostName = (example: string) =>
  z.string().regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/, {
    error: `a host name in small letters is required, as in \`${example}\`. Leave out https:// and the last dot.`,
  });

/** The record of Insights in a public zone of Route 53, in the client's account. */
export const dns = z.strictObject({
  /** Name of the hosted zone, as in `example.com`. */
  zone: hostName("example.com"),
  /** Name of Insights in it, as in `insights.example.com`. */
  name: hostName("insights.example.com"),
});

export type DnsFields = Readonly<z.output<typeof dns>>;

/** Of a file, without what Jinja and bash begin their expressions with. */
const path = z.string().regex(/^\/(?!.*(\/\.\.?(\/|$)|\{[{%#]|\$[({]|\/$))[^\p{C}\p{Z}`]+$/u, {
  error:
    "a path from the root is required, as in `/etc/ssl/insights.pem`, of a file, without blanks, back-ticks, expressions and `..`. Correct it.",
});

/** Who ends TLS: nginx on the host, or a load balancer before it. */
export const tls = z.discriminatedUnion("on", [
  z.strictObject({
    /** nginx on the host ends TLS. */
    on: z.literal("host"),
    /** Path of the certificate on the director, from the root. */
    certificate: path,
    /** Path of its private key on the director, from the root. */
    privateKey: path,
  }),
  z
    .strictObject({
      /** A load balancer before the host ends TLS: one of this stack, with a certificate of AWS's. */
      on: z.literal("load-balancer"),
      /**
       * Set to true for a load balancer that exists, and that this stack does not manage.
       * @default - this stack manages one
       */
      existing: z.literal(true).optional(),
      /**
       * Ids of public subnets in two availability zones, where `network.vpc` is "existing" or `network.zones` names one zone.
       * @default - those of `network.zones`
       */
      subnetIds: z
        .array(awsId("subnet", "See `aws ec2 describe-subnets`"))
        .min(2, { error: "AWS requires subnets in two availability zones or more. Name two." })
        .refine(...unique("subnet"))
        .optional(),
      /**
       * `true`: the load balancer has IPv6 addresses too, for the IPv6 ranges of `hosts.securityGroup.webFrom`; its subnets need IPv6
       * ranges and a route to an Internet gateway for them. `false`: takes the addresses off again, which leaving the field out does not.
       * @default - IPv4 alone
       */
      ipv6: z.boolean().optional(),
    })
    .superRefine(({ existing, ...others }, context) => {
      const own = { subnetIds: "subnets", ipv6: "addresses" } as const;
      for (const field of ["subnetIds", "ipv6"] as const) {
        if (existing !== undefined && others[field] !== undefined) {
          const message = `an existing load balancer has its own ${own[field]}. Remove the field, or \`existing\`.`;
          context.addIssue({ code: "custom", path: [field], input: others[field], message });
        }
      }
    }),
]);

export type TlsFields = Readonly<z.output<typeof tls>>;

/** The load balancer that the stack manages; undefined where TLS ends elsewhere. */
export function managedLoadBalancer(tls: TlsFields | undefined) {
  return tls?.on === "load-balancer" && tls.existing === undefined ? tls : undefined;
}
