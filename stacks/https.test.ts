import example from "../clients/example";
import { behindLoadBalancer, externalDns, inRoute53, withIpv6 } from "../test/https-client";
import { synthesizeClient } from "../test/synth";

const rules = (client: Parameters<typeof synthesizeClient>[0]) =>
  Object.keys(synthesizeClient(client).resource.aws_vpc_security_group_ingress_rule ?? {}).filter((name) =>
    /_https?_from_/.test(name),
  );

describe("a client without `dns` and `tls`", () => {
  it("has no record, and no load balancer", () => {
    const types = Object.keys(synthesizeClient().resource);

    expect(types.filter((type) => /route53|aws_lb|acm/.test(type))).toEqual([]);
  });
});

describe("the record of Insights", () => {
  it("leads to the Elastic IP, in the public zone of that name", () => {
    const { data, resource } = synthesizeClient(inRoute53);

    expect(data.aws_route53_zone?.dns).toMatchObject({ name: "example.com", private_zone: false });
    expect(resource.aws_route53_record).toEqual({
      dns_insights: expect.objectContaining({
        zone_id: "${data.aws_route53_zone.dns.zone_id}",
        name: "insights.example.com",
        type: "A",
        ttl: 300,
        records: ["${aws_eip.analytics.public_ip}"],
      }),
    });
    expect(resource).not.toHaveProperty("aws_lb");
  });

  it("is an alias of the load balancer that ends TLS", () => {
    const { dns_insights } = synthesizeClient(behindLoadBalancer).resource.aws_route53_record ?? {};

    expect(dns_insights).toMatchObject({
      type: "A",
      alias: { name: "${aws_lb.load_balancer.dns_name}", zone_id: "${aws_lb.load_balancer.zone_id}" },
    });
    expect(dns_insights).not.toHaveProperty("records");
  });
});

describe("the load balancer", () => {
  const { resource } = synthesizeClient(behindLoadBalancer);

  it("faces the Internet in the network's zones, and is protected as the client is", () => {
    expect(resource.aws_lb?.load_balancer).toMatchObject({
      name: "example-insights",
      internal: false,
      load_balancer_type: "application",
      subnets: ["${data.aws_subnet.network_eu_west_1a.id}", "${data.aws_subnet.network_eu_west_1b.id}"],
      security_groups: ["${aws_security_group.load_balancer.id}"],
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
    });
    expect(synthesizeClient({ ...behindLoadBalancer, protected: false }).resource.aws_lb?.load_balancer).toMatchObject({
      enable_deletion_protection: false,
    });
  });

  it("is in the subnets that the file names in an existing VPC", () => {
    const subnetIds = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"];
    const { aws_lb } = synthesizeClient({ ...behindLoadBalancer, tls: { on: "load-balancer", subnetIds } }).resource;

    expect(aws_lb?.load_balancer).toMatchObject({ subnets: subnetIds });
  });

  it("redirects 80 to 443, where it ends TLS 1.2 and later", () => {
    expect(resource.aws_lb_listener).toEqual({
      load_balancer_http: expect.objectContaining({
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
      }),
      load_balancer_https: expect.objectContaining({
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn: "${aws_acm_certificate_validation.load_balancer.certificate_arn}",
        default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.load_balancer.arn}" }],
      }),
    });
  });

  it("waits for its certificate by the record in the zone", () => {
    expect(resource.aws_acm_certificate?.load_balancer).toMatchObject({
      domain_name: "insights.example.com",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
    expect(resource.aws_acm_certificate_validation?.load_balancer).toMatchObject({
      validation_record_fqdns: ["${aws_route53_record.dns_validation.fqdn}"],
    });
  });

  it("asks port 80 of the active host for its health", () => {
    expect(resource.aws_lb_target_group?.load_balancer).toMatchObject({
      port: 80,
      protocol: "HTTP",
      health_check: { path: "/health/", matcher: "200" },
    });
    const attached = (active: string) =>
      synthesizeClient({
        ...behindLoadBalancer,
        hosts: { ...example.hosts, active, iterations: { "1": {}, "2": { layout: "separate" } } },
      }).resource.aws_lb_target_group_attachment?.load_balancer;

    expect(attached("1")).toMatchObject({ target_id: "${aws_instance.analytics_1.id}", port: 80 });
    expect(attached("2")).toMatchObject({
      target_id: "${aws_instance.analytics_2_insights.id}",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is whom the world reaches, and alone reaches the hosts, on 80", () => {
    const hosts = { ...example.hosts, securityGroup: { webFrom: ["198.51.100.0/24"] } };

    expect(rules({ ...behindLoadBalancer, hosts })).toEqual([
      "load_balancer_http_from_198_51_100_0__24",
      "load_balancer_https_from_198_51_100_0__24",
      "analytics_http_from_load_balancer",
    ]);
  });
});

describe("a load balancer with IPv6 addresses", () => {
  const { resource } = synthesizeClient(withIpv6);

  it("is reached by the ranges of IPv6 too, at a name that leads to its addresses of both kinds", () => {
    const alias = { name: "${aws_lb.load_balancer.dns_name}", zone_id: "${aws_lb.load_balancer.zone_id}" };

    expect(resource.aws_lb?.load_balancer).toMatchObject({ ip_address_type: "dualstack" });
    expect(rules(withIpv6)).toEqual([
      "load_balancer_http_from_anywhere",
      "load_balancer_https_from_anywhere",
      "load_balancer_http_from_anywhere_ipv6",
      "load_balancer_https_from_anywhere_ipv6",
      "analytics_http_from_load_balancer",
    ]);
    expect(resource.aws_vpc_security_group_ingress_rule?.load_balancer_https_from_anywhere_ipv6).toMatchObject({
      cidr_ipv6: "::/0",
    });
    expect(resource.aws_route53_record).toMatchObject({
      dns_insights: { type: "A", alias },
      dns_insights_ipv6: { type: "AAAA", name: "insights.example.com", alias },
    });
  });

  it("gives them up by `false`, as the provider leaves them where nothing is written", () => {
    const { aws_lb, aws_route53_record } = synthesizeClient({
      ...behindLoadBalancer,
      tls: { on: "load-balancer", ipv6: false },
    }).resource;

    expect(aws_lb?.load_balancer).toMatchObject({ ip_address_type: "ipv4" });
    expect(Object.keys(aws_route53_record ?? {})).not.toContain("dns_insights_ipv6");
    expect(synthesizeClient(behindLoadBalancer).resource.aws_lb?.load_balancer).not.toHaveProperty("ip_address_type");
  });
});

describe("a load balancer whose name is elsewhere than in Route 53", () => {
  const { resource, output } = synthesizeClient(externalDns);

  it("says which records to make, and makes none", () => {
    expect(resource).not.toHaveProperty("aws_route53_record");
    expect(Object.keys(output)).toEqual(
      expect.arrayContaining(["load_balancer_dns_name", "certificate_validation_record"]),
    );
    expect(synthesizeClient(behindLoadBalancer).output).not.toHaveProperty("certificate_validation_record");
  });

  it("has no listener before AWS has issued the certificate, and says what is missing", () => {
    const { lifecycle } = resource.aws_lb_listener?.load_balancer_https ?? {};

    expect(resource).not.toHaveProperty("aws_acm_certificate_validation");
    expect(lifecycle?.precondition).toEqual([
      {
        condition: '${aws_acm_certificate.load_balancer.status == "ISSUED"}',
        error_message: expect.stringContaining("Make this record where the name's DNS is"),
      },
    ]);
  });
});

it("a load balancer that exists, or TLS on the host, leaves hosts open and creates nothing", () => {
  const open = ["analytics_http_from_anywhere", "analytics_https_from_anywhere"];

  expect(rules({ tls: { on: "load-balancer", existing: true } })).toEqual(open);
  expect(rules({ tls: { on: "host", certificate: "/c.pem", privateKey: "/k.pem" } })).toEqual(open);
});
