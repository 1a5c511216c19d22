import { isExisting } from "../existing";
import { loadBalancerName } from "../https-names";
import { problem } from "../load/problem";
import { managedLoadBalancer } from "../schema/https";
import { isIpv6 } from "../schema/ipv6";
import { limits } from "../schema/limits";
import { type Check, check } from "./check";

/** The name, the record and the load balancer of Insights, which have to fit together. */
export const httpsChecks: readonly Check[] = [
  check(["dns"], ({ dns }) =>
    dns === undefined || dns.name === dns.zone || dns.name.endsWith(`.${dns.zone}`)
      ? []
      : [problem("dns.name", dns.name, `a name of the zone ${dns.zone} is required`, "Correct it, or `dns.zone`")],
  ),

  check(["dns", "configurationFiles.insightsUrl"], ({ dns, configurationFiles: { insightsUrl } }) =>
    dns === undefined || insightsUrl === undefined || new URL(insightsUrl).hostname === dns.name
      ? []
      : [
          problem(
            "configurationFiles.insightsUrl",
            insightsUrl,
            `\`dns.name\` is ${dns.name}, and both are Insights'`,
            "Correct one of them, or leave this one out",
          ),
        ],
  ),

  check(["dns", "tls"], ({ dns, tls }) =>
    dns === undefined || tls?.on !== "load-balancer" || tls.existing === undefined
      ? []
      : [
          problem(
            "dns",
            dns,
            "its record would lead past the existing load balancer, to the host itself",
            "Leave it to the load balancer's owner: remove `dns`, and set `configurationFiles.insightsUrl`",
          ),
        ],
  ),

  check(["tls", "configurationFiles.insightsUrl"], ({ tls, configurationFiles: { insightsUrl } }) =>
    tls === undefined || insightsUrl === undefined || isHttps(insightsUrl, managedLoadBalancer(tls) !== undefined)
      ? []
      : [
          problem(
            "configurationFiles.insightsUrl",
            insightsUrl,
            "with `tls` it begins with https://, and the load balancer listens on 443 alone",
            "Correct it, or remove `tls`",
          ),
        ],
  ),

  check(["tls", "dns", "configurationFiles.insightsUrl"], ({ tls, dns, configurationFiles: { insightsUrl } }) => {
    if (managedLoadBalancer(tls) === undefined) {
      return [];
    }
    const name = dns?.name ?? (insightsUrl === undefined ? undefined : new URL(insightsUrl).hostname);
    return name !== undefined && name.length <= limits.certificateNameLength
      ? []
      : [
          problem(
            dns === undefined ? "configurationFiles.insightsUrl" : "dns.name",
            name,
            `the load balancer's certificate is of that name, of ${limits.certificateNameLength} characters at most`,
            name === undefined ? "Set it, or `dns`" : "Shorten it",
          ),
        ];
  }),

  check(["tls"], ({ tls }) =>
    tls?.on === "host" && tls.certificate === tls.privateKey
      ? [
          problem(
            "tls.privateKey",
            tls.privateKey,
            "`tls.certificate` is the same file, which anybody may read",
            "Name the file of the key",
          ),
        ]
      : [],
  ),

  check(["tls"], ({ tls }, name) => {
    const wanted = loadBalancerName(name);
    return managedLoadBalancer(tls) === undefined ||
      (wanted.length <= limits.loadBalancerNameLength && !wanted.startsWith("internal-"))
      ? []
      : [
          problem(
            "tls",
            tls,
            `the load balancer would be called ${wanted}, and AWS takes ${limits.loadBalancerNameLength} characters, of which the first are not \`internal-\``,
            "Rename the client, or end TLS on the host",
          ),
        ];
  }),

  check(["tls", "network.vpc", "network.zones"], ({ tls, network }) => {
    const balancer = managedLoadBalancer(tls);
    const named = balancer?.subnetIds;
    // Of the VPC's own subnets the stack knows one for each zone that the file names.
    const isRequired = network.vpc === "existing" || network.zones.length < 2;
    if (balancer === undefined || isRequired === (named !== undefined)) {
      return [];
    }
    return [
      named === undefined
        ? problem(
            "tls.subnetIds",
            undefined,
            network.vpc === "existing"
              ? "in an existing VPC it is required"
              : "it is required, as `network.zones` names one zone and AWS requires two",
            "Name public subnets of two zones; `network.subnetId` may be one of them",
          )
        : problem("tls.subnetIds", named, "they are those of `network.zones` here", "Remove the field"),
    ];
  }),

  check(["tls", "network.vpc"], ({ tls, network }) =>
    managedLoadBalancer(tls)?.ipv6 === true && network.vpc === "new"
      ? [
          problem(
            "tls.ipv6",
            true,
            "a new VPC has IPv4 ranges alone",
            "Remove the field, or take an existing VPC whose subnets have IPv6 ranges",
          ),
        ]
      : [],
  ),

  check(["tls", "hosts.securityGroup"], ({ tls, hosts: { securityGroup } }) => {
    const ranges = isExisting(securityGroup) ? [] : securityGroup.webFrom;
    const path = "hosts.securityGroup.webFrom";
    if (managedLoadBalancer(tls)?.ipv6 !== true) {
      return ranges.flatMap((range, index) =>
        isIpv6(range)
          ? problem(
              `${path}.${index}`,
              range,
              "nothing here has an IPv6 address, but for a load balancer with `tls.ipv6`",
              'Remove it, or set `tls: { on: "load-balancer", ipv6: true }`',
            )
          : [],
      );
    }
    return ranges.some(isIpv6) || isExisting(securityGroup)
      ? []
      : [problem(path, ranges, "with `tls.ipv6` a range of IPv6 is required", 'Add one, as in "::/0" for everybody')];
  }),

  check(["tls", "hosts.securityGroup"], ({ tls, hosts: { securityGroup } }) =>
    managedLoadBalancer(tls) !== undefined && isExisting(securityGroup)
      ? [
          problem(
            "hosts.securityGroup",
            securityGroup,
            "the hosts have to admit the load balancer alone, and the rules of an existing group are its owner's",
            "Leave the field out, so that the stack manages a group, or end TLS on the host",
          ),
        ]
      : [],
  ),
];

function isHttps(url: string, on443: boolean): boolean {
  const { protocol, port } = new URL(url);
  return protocol === "https:" && (!on443 || port === "");
}
