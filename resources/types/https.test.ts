import { ListResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { taken } from "../../test/alarms-of-changes";
import { mockClient } from "../../test/mock-client";
import { Aws } from "../aws/aws";
import type { LookUp } from "../look-up";
import { resourceTypeOf } from ".";

const create = (after: object) => ({ actions: ["create"], after });
const update = (before: object, after: object) => ({ actions: ["update"], before, after });
const forward = (arn: string) => ({ default_action: [{ type: "forward", target_group_arn: arn }] });
const toHttps = { default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", host: "#{host}" }] }] };
const tls12 = { protocol: "HTTPS", ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" };
const kept = (values: object) => ({ actions: ["no-op"], before: values, after: values });
const own = {
  "aws_lb_target_group.load_balancer": { actions: ["no-op"], before: { arn: "arn:own" }, after: { arn: "arn:own" } },
  "aws_instance.analytics_1": { actions: ["no-op"], before: { id: "i-1" }, after: { id: "i-1" } },
  "aws_instance.analytics_2": { actions: ["no-op"], before: { id: "i-2" }, after: { id: "i-2" } },
};

describe("an alarm", () => {
  it.each<[string, string, object, string]>([
    [
      "HTTP without a redirect",
      "aws_lb_listener.x",
      create({ port: 80, protocol: "HTTP", ...forward("arn:own") }),
      "answers HTTP on port 80, without a redirect to HTTPS",
    ],
    [
      "a load balancer that gives up its IPv6 addresses",
      "aws_lb.x",
      update({ ip_address_type: "dualstack" }, { ip_address_type: "ipv4" }),
      "is no longer reached by IPv6",
    ],
    [
      "a load balancer with addresses of another kind",
      "aws_lb.x",
      update({ ip_address_type: "ipv4" }, { ip_address_type: "dualstack-without-public-ipv4" }),
      "has dualstack-without-public-ipv4 as ip_address_type, where stacks have dualstack, ipv4",
    ],
    [
      "a redirect elsewhere",
      "aws_lb_listener.x",
      update(
        { protocol: "HTTP", ...toHttps },
        {
          protocol: "HTTP",
          default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", host: "evil.org" }] }],
        },
      ),
      "has evil.org as default_action.redirect.host, where stacks have #{host}",
    ],
    [
      "another target group",
      "aws_lb_listener.x",
      update({ protocol: "HTTPS", ...forward("arn:own") }, { protocol: "HTTPS", ...forward("arn:other") }),
      "has arn:other as default_action.target_group_arn, where stacks have aws_lb_target_group.arn of the plan",
    ],
    [
      "weaker TLS",
      "aws_lb_listener.x",
      update({ ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }, { ssl_policy: "ELBSecurityPolicy-2016-08" }),
      "accepts TLS older than 1.2",
    ],
    [
      "another certificate",
      "aws_lb_listener.x",
      update({ certificate_arn: "arn:1" }, { certificate_arn: "arn:2" }),
      "shows another certificate: arn:2",
    ],
    [
      "another host",
      "aws_lb_target_group_attachment.x",
      update({ target_id: "i-1" }, { target_id: "i-other" }),
      "has i-other as target_id, where stacks have aws_instance.id of the plan",
    ],
    [
      "a group of others",
      "aws_lb.x",
      update({ security_groups: ["sg-1"] }, { security_groups: ["sg-1", "sg-2"] }),
      "joins the security group sg-2",
    ],
    [
      "no protection",
      "aws_lb.x",
      update({ enable_deletion_protection: true }, { enable_deletion_protection: false }),
      "loses its protection",
    ],
    [
      "another address",
      "aws_route53_record.x",
      update({ name: "a.org", records: ["192.0.2.1"] }, { name: "a.org", records: ["192.0.2.9"] }),
      "leads a.org to 192.0.2.9, and no longer to 192.0.2.1",
    ],
    [
      "no record",
      "aws_route53_record.x",
      { actions: ["delete"], before: { name: "a.org", records: ["192.0.2.1"] } },
      "no longer leads a.org",
    ],
  ])("is raised by %s", (_, address, change, said) => {
    expect(taken({ ...own, [address]: change }).join("\n")).toContain(said);
  });

  it.each<[string, string, object]>([
    ["the stack's listeners", "aws_lb_listener.x", create({ port: 80, protocol: "HTTP", ...toHttps })],
    ["the stack's target", "aws_lb_listener.x", create({ port: 443, ...tls12, ...forward("arn:own") })],
    [
      "a target that follows `active`",
      "aws_lb_target_group_attachment.x",
      { actions: ["create", "delete"], before: { target_id: "i-1" }, after: { target_id: "i-2" } },
    ],
  ])("is not raised by %s", (_, address, change) => {
    expect(taken({ ...own, [address]: change })).toEqual([]);
  });
});

describe("what is left in the place of", () => {
  it.each<[string, string, object, object, string]>([
    [
      "a listener has to be of the same load balancer",
      "aws_lb_listener",
      { port: 443, load_balancer_arn: "arn:own" },
      { load_balancer_arn: "arn:other" },
      "no longer answers on port 443",
    ],
    [
      "a host has to be in the same target group",
      "aws_lb_target_group_attachment",
      { target_id: "i-1", target_group_arn: "arn:own" },
      { target_group_arn: "arn:other" },
      "takes the host i-1 from the load balancer, whose target group arn:own has no other",
    ],
  ])("%s", (_, type, before, others, words) => {
    const said = (left: object) =>
      taken({ [`${type}.one`]: { actions: ["delete"], before }, [`${type}.other`]: kept({ ...before, ...left }) });

    expect(said(others)).toEqual([`${type}.one ${words}`]);
    expect(said({})).toEqual([]);
  });
});
const route53 = mockClient(Route53Client);

it("a record is found by zone, name and type, for an import", async () => {
  route53.on(ListResourceRecordSetsCommand, { HostedZoneId: "Z1", StartRecordName: "insights.example.com" }).resolves({
    ResourceRecordSets: [
      { Name: "insights.example.com.", Type: "A" },
      { Name: "later.example.com.", Type: "AAAA" },
    ],
  });
  const lookUp = (type: string) =>
    ({
      aws: new Aws({ name: "acme", accountId: "123456789012" }, "eu-west-1"),
      named: async () => ({ zone_id: "Z1", name: "insights.example.com", type }),
    }) as unknown as LookUp;
  const finder = resourceTypeOf("aws_route53_record")?.find;
  const find = (type: string) => (typeof finder === "function" ? finder({} as never, lookUp(type)) : undefined);

  expect(await find("A")).toEqual({ kind: "found", id: "Z1_insights.example.com_A" });
  expect(await find("AAAA")).toEqual({ kind: "not-found" });
});
