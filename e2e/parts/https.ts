import { DescribeAddressesCommand } from "@aws-sdk/client-ec2";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
} from "@aws-sdk/client-route-53";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { type Plan, Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

const dns = { zone: "example.com", name: "insights.example.com" };
const tls = { on: "load-balancer" } as const;
const nothing = { created: [], updated: [], destroyed: [], replaced: [], removed: [] } as const satisfies Plan;

const balancer = [
  "aws_acm_certificate.load_balancer",
  "aws_acm_certificate_validation.load_balancer",
  "aws_lb.load_balancer",
  "aws_lb_listener.load_balancer_http",
  "aws_lb_listener.load_balancer_https",
  "aws_lb_target_group.load_balancer",
  "aws_lb_target_group_attachment.load_balancer",
  "aws_route53_record.dns_validation",
  "aws_security_group.load_balancer",
  "aws_vpc_security_group_egress_rule.load_balancer_everything_out",
  "aws_vpc_security_group_ingress_rule.analytics_http_from_load_balancer",
  "aws_vpc_security_group_ingress_rule.load_balancer_http_from_anywhere",
  "aws_vpc_security_group_ingress_rule.load_balancer_https_from_anywhere",
];
const openHost = [
  "aws_vpc_security_group_ingress_rule.analytics_http_from_anywhere",
  "aws_vpc_security_group_ingress_rule.analytics_https_from_anywhere",
];

/** Insights' record and its load balancer are added, follow `active`, and are removed; a plan touches nothing else. */
export async function https(steps: Steps, world: World, example: Described): Promise<void> {
  const workspace = new Workspace(world, example.name);
  const described = await edxappSide(world, example);
  const { keyPair } = example.input.hosts;
  const deploy = async (fields: Partial<ClientInput>, expected?: Partial<Plan>) => {
    // Without protection, so that the load balancer can be removed.
    await workspace.client(changed(described, { protected: false, ...fields }));
    const plan = await workspace.plan();
    if (expected) {
      const sorted = Object.entries(plan).map(([kind, addresses]) => [kind, [...addresses].sort()]);
      equal("the plan", Object.fromEntries(sorted), { ...nothing, ...expected });
    }
    await workspace.apply();
    await workspace.unchanged();
  };

  const zoneId = await steps.step("a zone and the client's files exist", async () => {
    const { HostedZone } = await world.route53.send(
      new CreateHostedZoneCommand({ Name: dns.zone, CallerReference: "e2e" }),
    );
    await makeBucket(world, example.client.state.bucket);
    await deploy({});
    return HostedZone?.Id as string;
  });
  const record = async (type = "A") => {
    const { ResourceRecordSets = [] } = await world.route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }),
    );
    return ResourceRecordSets.find(({ Name, Type }) => Name === `${dns.name}.` && Type === type);
  };

  await steps.step("`dns` leads the name to the Elastic IP", async () => {
    await deploy({ dns }, { created: ["aws_route53_record.dns_insights"] });
    const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
    equal("the record", (await record())?.ResourceRecords, [{ Value: Addresses[0]?.PublicIp }]);
  });
  await steps.step(
    "a load balancer is added, the name moves there, and the hosts are closed to the world",
    async () => {
      await deploy(
        { dns, tls },
        { created: balancer, updated: ["aws_route53_record.dns_insights"], destroyed: openHost },
      );
      const outputs = await workspace.outputs();
      const target = (await record())?.AliasTarget?.DNSName?.replace(/\.$/, "");
      equal("where the record leads", target, outputs.load_balancer_dns_name);
      holds("no record is left to be made by hand", !("certificate_validation_record" in outputs));
    },
  );
  const securityGroup = { webFrom: ["0.0.0.0/0", "::/0"] };
  const forIpv6 = [
    "aws_route53_record.dns_insights_ipv6",
    "aws_vpc_security_group_ingress_rule.load_balancer_http_from_anywhere_ipv6",
    "aws_vpc_security_group_ingress_rule.load_balancer_https_from_anywhere_ipv6",
  ];
  await steps.step("`tls.ipv6` gives the load balancer IPv6 addresses in place, rules and an AAAA record", async () => {
    await deploy(
      { dns, tls: { ...tls, ipv6: true }, hosts: { keyPair, securityGroup } },
      { created: forIpv6, updated: ["aws_lb.load_balancer"] },
    );
    equal("where the AAAA record leads", (await record("AAAA"))?.AliasTarget, (await record())?.AliasTarget);
  });
  await steps.step("`ipv6: false` takes them off, and leaving it out changes nothing more", async () => {
    await deploy({ dns, tls: { ...tls, ipv6: false } }, { updated: ["aws_lb.load_balancer"], destroyed: forIpv6 });
    await deploy({ dns, tls }, {});
  });
  await steps.step("iteration 2 is added beside the first", () =>
    deploy(
      { dns, tls, hosts: { keyPair, iterations: { "1": {}, "2": {} } } },
      { created: ["aws_instance.analytics_2"] },
    ),
  );
  await steps.step("`active` moves the address and the load balancer's target, and nothing else", () =>
    deploy(
      { dns, tls, hosts: { keyPair, active: "2", iterations: { "1": {}, "2": {} } } },
      { replaced: ["aws_eip_association.analytics", "aws_lb_target_group_attachment.load_balancer"] },
    ),
  );
  const hosts = { keyPair, active: "2", iterations: { "1": {}, "2": {} } };
  await steps.step("the load balancer is removed, and nothing else", () =>
    deploy({ dns, hosts }, { created: openHost, updated: ["aws_route53_record.dns_insights"], destroyed: balancer }),
  );
  await steps.step("`dns` is removed, and its record alone", () =>
    deploy({ hosts }, { destroyed: ["aws_route53_record.dns_insights"] }),
  );

  await steps.step("with DNS elsewhere, the deploy says which record to create, and ends once it exists", async () => {
    const configurationFiles = { insightsUrl: `https://${dns.name}` };
    await workspace.client(changed(described, { protected: false, hosts, tls, configurationFiles }));
    await workspace.plan();
    await workspace.refused(
      ["apply", "-input=false", "-no-color", "plan"],
      /certificate of insights\.example\.com is PENDING_VALIDATION\. Make this record .*CNAME/,
    );
    const { certificate_validation_record: made } = await workspace.outputs();
    const { name, type, value } = made as Record<"name" | "type" | "value", string>;
    await world.route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        ChangeBatch: {
          Changes: [
            {
              Action: "UPSERT",
              ResourceRecordSet: { Name: name, Type: type as "CNAME", TTL: 300, ResourceRecords: [{ Value: value }] },
            },
          ],
        },
      }),
    );
    await issued(workspace);
    await workspace.apply();
    await workspace.unchanged();
  });
}

/** AWS looks for the record from time to time; the emulator issues after a while, whether it exists or not. */
async function issued(workspace: Workspace): Promise<void> {
  const until = Date.now() + 120_000;
  for (;;) {
    const { code } = await workspace.terraform(["plan", "-input=false", "-no-color", "-out=plan"]);
    if (code === 0) {
      return;
    }
    if (Date.now() > until) {
      throw new Error("The certificate is not issued.");
    }
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
}
