import { clientOf, mistakes } from "../../test/client-files";

const dns = { zone: "example.com", name: "insights.example.com" };
const tls = { on: "load-balancer" };
const url = "configurationFiles.insightsUrl";

describe("the name of Insights", () => {
  it.each([
    { dns },
    { dns: { zone: "example.com", name: "example.com" } },
    { dns, tls },
    { dns, tls, [url]: "https://insights.example.com" },
    { tls, [url]: "https://insights.example.com" },
    { tls: { on: "load-balancer", existing: true } },
  ])("may be %j", (changes) => {
    expect(mistakes(changes)).toEqual([]);
  });

  it.each<[object, string, string?]>([
    [
      { dns: { ...dns, zone: "ample.com" } },
      '`dns.name` is "insights.example.com"; a name of the zone ample.com is required.',
    ],
    [{ dns: { ...dns, name: "https://insights.example.com" } }, "Leave out https:// and the last dot."],
    [{ dns: { ...dns, name: "insights.example.com." } }, "Leave out https:// and the last dot."],
    [{ dns, [url]: "https://analytics.example.com" }, "`dns.name` is insights.example.com, and both are Insights'."],
    [{ dns, tls: { ...tls, existing: true } }, "its record would lead past the existing load balancer"],
    [{ dns, tls, [url]: "http://insights.example.com" }, "with `tls` it begins with https://"],
    [{ dns, tls, [url]: "https://insights.example.com:8443" }, "the load balancer listens on 443 alone"],
    [{ tls }, `\`${url}\` is missing; the load balancer's certificate is of that name`],
    [
      { dns: { zone: "example.com", name: `${"a".repeat(60)}.example.com` }, tls },
      "of 64 characters at most. Shorten it.",
    ],
    [
      { tls: { on: "host", certificate: "/etc/ssl/insights.pem" } },
      '`tls.privateKey` is missing; text is required. Add it, as in `privateKey: "/etc/ssl/insights.pem"`.',
    ],
    [
      { tls: { on: "host", certificate: "../insights.pem", privateKey: "/etc/ssl/insights.key" } },
      "a path from the root is required",
    ],
    [{ dns, tls: { on: "router" } }, '"host", "load-balancer" are allowed.'],
    [
      { dns, tls: { ...tls, subnetIds: ["subnet-0a1b2c3d"] } },
      "AWS requires subnets in two availability zones or more.",
    ],
    [
      { dns, tls: { ...tls, subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] } },
      "they are those of `network.zones` here",
    ],
    [
      { tls: { ...tls, existing: true, subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"] } },
      '`tls.subnetIds` is ["subnet-0a1b2c3d","subnet-0a1b2c3e"]; an existing load balancer has its own subnets.',
    ],
    [
      { dns, tls, "hosts.securityGroup": { existing: "sg-0a1b2c3d" } },
      "the hosts have to admit the load balancer alone",
    ],
    [{ dns, tls }, "the load balancer would be called a-client-of-24-characters-insights", "a-client-of-24-characters"],
    [{ dns, tls }, "of which the first are not `internal-`", "internal-acme"],
  ])("may not be %j", (...[changes, said, name]) => {
    expect(mistakes({ ...changes }, name).join("\n")).toContain(said);
  });

  it("has a load balancer in subnets that are named where the stack knows those of one zone alone", () => {
    const alone = {
      dns,
      tls,
      "network.zones": ["eu-west-1a"],
      "database.subnetGroup": { existing: "databases" },
    };
    const subnetIds = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"];

    expect(mistakes(alone)).toEqual([
      "`tls.subnetIds` is missing; it is required, as `network.zones` names one zone and AWS requires two. Name public subnets of two zones; `network.subnetId` may be one of them.",
    ]);
    expect(mistakes({ ...alone, tls: { ...tls, subnetIds } })).toEqual([]);
  });

  it("has IPv6 addresses where ranges of IPv6 are let in, and the other way round", () => {
    const webFrom = "hosts.securityGroup.webFrom";
    const withIpv6 = { dns, tls: { ...tls, ipv6: true } };
    const newVpc = { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] }, "edxapp.database.access": "print" };

    for (const ranges of [["::/0"], ["0.0.0.0/0", "2001:db8::/32"]]) {
      expect(mistakes({ ...withIpv6, [webFrom]: ranges })).toEqual([]);
      expect(mistakes({ dns, tls, [webFrom]: ranges }).join("\n")).toContain(
        "nothing here has an IPv6 address, but for a load balancer with `tls.ipv6`. Remove it, or set",
      );
    }
    expect(mistakes({ [webFrom]: ["198.51.100.0/24", "::/0"] })).toEqual([
      '`hosts.securityGroup.webFrom.1` is "::/0"; nothing here has an IPv6 address, but for a load balancer with `tls.ipv6`. Remove it, or set `tls: { on: "load-balancer", ipv6: true }`.',
    ]);
    expect(mistakes(withIpv6)).toEqual([
      '`hosts.securityGroup.webFrom` is ["0.0.0.0/0"]; with `tls.ipv6` a range of IPv6 is required. Add one, as in "::/0" for everybody.',
    ]);
    expect(mistakes({ dns, tls: { ...tls, ipv6: false } })).toEqual([]);
    expect(mistakes({ tls: { ...tls, existing: true, ipv6: true } }).join("\n")).toContain(
      "an existing load balancer has its own addresses",
    );
    expect(mistakes({ ...withIpv6, ...newVpc, [webFrom]: ["::/0"] }).join("\n")).toContain(
      "`tls.ipv6` is true; a new VPC has IPv4 ranges alone.",
    );
  });

  it("of an existing VPC has a load balancer in subnets that are named", () => {
    const network = {
      vpc: "existing",
      vpcId: "vpc-0a1b2c3d",
      subnetId: "subnet-0a1b2c3d",
      databaseSubnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
    };

    expect(mistakes({ dns, tls, network }).join("\n")).toContain(
      "`tls.subnetIds` is missing; in an existing VPC it is required.",
    );
    expect(mistakes({ dns, tls: { ...tls, subnetIds: network.databaseSubnetIds }, network })).toEqual([]);
  });

  it("is its URL, unless the file has one", () => {
    const urlOf = (fields: Parameters<typeof clientOf>[0]) => clientOf(fields).configurationFiles.insightsUrl;

    expect(urlOf({ dns })).toBe("http://insights.example.com");
    expect(urlOf({ dns, tls: { on: "load-balancer" } })).toBe("https://insights.example.com");
    expect(urlOf({})).toBe(undefined);
  });
});
