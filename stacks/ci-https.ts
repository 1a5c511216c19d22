import type { Statement } from "../modules/policy-document";
import { serviceLinkedRole } from "./ci-apply-permissions";
import { allow } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/** What CI's roles do with the name of Insights and the load balancer before it, where the client file has `dns` or `tls`. */

/** The services, besides those of every client. */
export function httpsServices({ https }: CiScope): string[] {
  return [...(https?.name ? ["route53"] : []), ...(https?.loadBalancer ? ["acm", "elasticloadbalancing"] : [])];
}

/** What an account's first load balancer makes AWS create; none without a load balancer. */
export function httpsRole(scope: CiScope): Statement[] {
  return scope.https?.loadBalancer
    ? [allow(["iam:CreateServiceLinkedRole"], [serviceLinkedRole(scope, "elasticloadbalancing.amazonaws.com")])]
    : [];
}

export function httpsReads(scope: CiScope): Statement[] {
  const { https, region, accountId } = scope;
  return [
    ...(https?.name
      ? [
          allow(
            [
              "route53:GetChange",
              "route53:GetHostedZone",
              "route53:ListHostedZones*",
              "route53:ListResourceRecordSets",
              "route53:ListTagsForResource",
            ],
            ["*"],
          ),
        ]
      : []),
    ...(https?.loadBalancer
      ? [
          allow(["elasticloadbalancing:Describe*"], ["*"]),
          allow(
            ["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
            [`arn:aws:acm:${region}:${accountId}:certificate/*`],
          ),
        ]
      : []),
  ];
}

export function httpsChanges(scope: CiScope): Statement[] {
  const { https, region, accountId, name: client, own } = scope;
  const of = (values: string[]) => ({
    test: "ForAllValues:StringLike",
    variable: "route53:ChangeResourceRecordSetsNormalizedRecordNames",
    values,
  });
  const certificates = [`arn:aws:acm:${region}:${accountId}:certificate/*`];
  const balancing = (kind: string) => `arn:aws:elasticloadbalancing:${region}:${accountId}:${kind}`;
  return [
    ...httpsRole(scope),
    ...(https?.name
      ? [
          // Of whichever zone, whose id the file does not know: that name alone, and the one by which AWS issues its certificate.
          allow(
            ["route53:ChangeResourceRecordSets"],
            ["arn:aws:route53:::hostedzone/*"],
            [of([https.name, `_*.${https.name}`])],
          ),
        ]
      : []),
    ...(https?.loadBalancer
      ? [
          allow(
            ["acm:RequestCertificate"],
            ["*"],
            [{ test: "StringEquals", variable: "aws:RequestTag/Client", values: [client] }],
          ),
          // A new one has no tags yet, and one of another client has that client's.
          allow(["acm:AddTagsToCertificate"], certificates, [
            { test: "StringEqualsIfExists", variable: "aws:ResourceTag/Client", values: [client] },
          ]),
          allow(["acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"], certificates, own),
          allow(
            [
              "elasticloadbalancing:AddTags",
              "elasticloadbalancing:CreateListener",
              "elasticloadbalancing:CreateLoadBalancer",
              "elasticloadbalancing:CreateTargetGroup",
              "elasticloadbalancing:DeleteListener",
              "elasticloadbalancing:DeleteLoadBalancer",
              "elasticloadbalancing:DeleteTargetGroup",
              "elasticloadbalancing:DeregisterTargets",
              "elasticloadbalancing:ModifyListener*",
              "elasticloadbalancing:ModifyLoadBalancerAttributes",
              "elasticloadbalancing:ModifyTargetGroup*",
              "elasticloadbalancing:RegisterTargets",
              "elasticloadbalancing:RemoveTags",
              ...(https.ipv6 === undefined ? [] : ["elasticloadbalancing:SetIpAddressType"]),
              "elasticloadbalancing:SetSecurityGroups",
              "elasticloadbalancing:SetSubnets",
            ],
            [
              balancing(`loadbalancer/app/${https.loadBalancer}/*`),
              balancing(`listener/app/${https.loadBalancer}/*`),
              balancing(`targetgroup/${https.loadBalancer}/*`),
            ],
          ),
        ]
      : []),
  ];
}
