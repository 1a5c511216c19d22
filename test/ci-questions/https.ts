import { behindLoadBalancer, inRoute53, withIpv6 } from "../https-client";
import { arn, call, type Question, tagsOf } from "./question";

const zone = "arn:aws:route53:::hostedzone/Z0123456789ABC";
const names = (...values: string[]) => ({ "route53:ChangeResourceRecordSetsNormalizedRecordNames": values });
const certificate = arn("acm", "certificate/1");
const balancer = (name: string) => [
  call("elasticloadbalancing:ModifyLoadBalancerAttributes", arn("elasticloadbalancing", `loadbalancer/app/${name}/1`)),
  call("elasticloadbalancing:DeleteLoadBalancer", arn("elasticloadbalancing", `loadbalancer/app/${name}/1`)),
  call("elasticloadbalancing:RegisterTargets", arn("elasticloadbalancing", `targetgroup/${name}/1`)),
];

const ownBalancer = arn("elasticloadbalancing", "loadbalancer/app/example-insights/1");

/** Route 53, ACM and Elastic Load Balancing. */
export const https: readonly Question[] = [
  {
    what: "with `dns`, change the record of Insights, and the one by which AWS issues its certificate",
    client: inRoute53,
    calls: [
      call("route53:ChangeResourceRecordSets", zone, names("insights.example.com")),
      call("route53:ChangeResourceRecordSets", zone, names("_a1.insights.example.com")),
    ],
  },
  {
    what: "change any other record",
    client: behindLoadBalancer,
    calls: [
      call("route53:ChangeResourceRecordSets", zone, names("www.example.com")),
      call("route53:ChangeResourceRecordSets", zone, names("insights.example.com", "www.example.com")),
      call("route53:DeleteHostedZone", zone),
    ],
  },
  {
    what: 'with `tls.on` "load-balancer", change and delete the client\'s load balancer, target group and certificate',
    client: behindLoadBalancer,
    calls: [...balancer("example-insights"), call("acm:DeleteCertificate", certificate, tagsOf("example"))],
  },
  {
    what: "change the kind of its addresses without `tls.ipv6`",
    client: behindLoadBalancer,
    calls: [call("elasticloadbalancing:SetIpAddressType", ownBalancer)],
  },
  {
    what: "with `tls.ipv6`, change the kind of its addresses, and Insights' AAAA record",
    client: withIpv6,
    calls: [
      call("elasticloadbalancing:SetIpAddressType", ownBalancer),
      call("route53:ChangeResourceRecordSets", zone, names("insights.example.com")),
    ],
  },
  {
    what: "the same with other clients' load balancers, target groups and certificates",
    client: behindLoadBalancer,
    calls: [
      ...balancer("example-insights-2"),
      call("acm:DeleteCertificate", certificate, tagsOf("other")),
      call("acm:AddTagsToCertificate", certificate, tagsOf("other")),
      call("acm:ExportCertificate", certificate, tagsOf("example")),
    ],
  },
];
