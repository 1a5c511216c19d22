import example from "../../clients/example";
import { clientOf, type Overrides } from "../../test/client-files";
import type { ClientInput } from "../schema/client";
import { effectWarnings } from "./effect-warnings";

const director = example.director as Extract<ClientInput["director"], { readonly sshFrom: unknown }>;
const hosts = example.hosts as Extract<ClientInput["hosts"], object>;
const { keyPair } = hosts as { readonly keyPair: { readonly publicKey: string } };

function warnings(changes: Overrides = {}): string[] {
  return effectWarnings(clientOf(changes));
}

describe("what has another effect than its reader expects", () => {
  it("is nothing by default", () => {
    expect(warnings()).toEqual([]);
  });

  it("is a range within another of the same list", () => {
    const from = (...webFrom: string[]) => warnings({ hosts: { ...hosts, securityGroup: { webFrom } } });

    expect(warnings({ director: { ...director, sshFrom: ["203.0.113.7/32", "203.0.113.0/24"] } })).toEqual([
      'director.sshFrom has "203.0.113.7/32", which is within its "203.0.113.0/24": it has no effect. Remove one of them.',
    ]);
    expect(from("0.0.0.0/0", "198.51.100.0/24")).toEqual([
      expect.stringContaining('hosts.securityGroup.webFrom has "198.51.100.0/24", which is within its "0.0.0.0/0"'),
    ]);
    expect(from("198.51.100.0/25", "198.51.100.128/25")).toEqual([]);
    expect(warnings({ hosts: { ...hosts, securityGroup: { existing: "sg-0a1b2c3d" } } })).toEqual([]);
  });

  it("is an IPv6 range within another, but none of IPv4", () => {
    const from = (...webFrom: string[]) =>
      warnings({
        hosts: { ...hosts, securityGroup: { webFrom } },
      });

    expect(from("::/0", "2001:db8::/32")).toEqual([
      expect.stringContaining('"2001:db8::/32", which is within its "::/0"'),
      expect.stringContaining("has ranges of IPv6 alone: whoever calls by IPv4"),
    ]);
    expect(from("0.0.0.0/0", "2001:db8::/32")).toEqual([]);
  });

  it("is a peering with public addresses, which the Internet has", () => {
    const peering = (cidr: string) => ({
      network: {
        vpc: "new" as const,
        zones: ["eu-west-1a", "eu-west-1b"],
        peering: { vpcId: "vpc-0a1b2c3d", cidr, routeTableIds: ["rtb-0a1b2c3d"] },
      },
    });

    expect(warnings(peering("8.8.0.0/16"))).toEqual([
      expect.stringContaining('network.peering.cidr is "8.8.0.0/16", which are public addresses'),
    ]);
    expect(warnings(peering("100.64.0.0/16"))).toEqual([]);
    expect(warnings(peering("172.31.0.0/16"))).toEqual([]);
  });

  it("is what a database is restored from, of edxapp or with another login", () => {
    const from = (iteration: object) => warnings({ database: { iterations: { "1": iteration } } });

    expect(from({ restoreFrom: { instance: "example-edxapp", at: "latest" } })).toEqual([
      expect.stringContaining('restoreFrom.instance is "example-edxapp", edxapp\'s own database'),
    ]);
    expect(from({ restoreFrom: { snapshot: "x" }, masterUser: "admin", encrypted: false })).toEqual([
      'database.iterations.1 has masterUser "admin" and encrypted false beside restoreFrom: RDS takes master user, encryption and the least storage from the source, whatever is written. Make sure that they are the source\'s.',
    ]);
    expect(from({ restoreFrom: { instance: "example-analytics-old", at: "latest" } })).toEqual([]);
    expect(from({ masterUser: "admin", encrypted: false })).toEqual([]);
  });

  it("is the key of Jenkins as the director's, by its text without the comment or by its name", () => {
    const [kind, text] = keyPair.publicKey.split(" ");
    const both = (ofDirector: object, ofHosts: object) =>
      warnings({
        director: { ...director, keyPair: ofDirector },
        hosts: { ...hosts, keyPair: ofHosts },
      } as Overrides);

    expect(both({ publicKey: `${kind} ${text} ops` }, keyPair)).toEqual([
      "director.keyPair.publicKey is that of hosts.keyPair, whose private key Jenkins holds: who gets into Jenkins can log in to the director, from which all hosts and databases are reached. Give the director a key pair of its own.",
    ]);
    expect(both({ existing: "ops" }, { existing: "ops" })).toEqual([
      expect.stringMatching(/^director\.keyPair\.existing is that of hosts\.keyPair/),
    ]);
    expect([...both({ existing: "ops" }, { existing: "analytics" }), ...both({ existing: "ops" }, keyPair)]).toEqual(
      [],
    );
    expect(warnings({ director: { existing: "sg-0a1b2c3d" } })).toEqual([]);
  });

  it("is a dot in the name of a bucket that the stack makes", () => {
    expect(
      warnings({ buckets: { emr: { name: "acme.emr" }, edxanalytics: { existing: "acme.edxanalytics" } } }),
    ).toEqual([
      expect.stringMatching(/^buckets\.emr\.name is "acme\.emr": S3's certificate is for no name with a dot in it/),
    ]);
  });

  it("is an alarm of clusters that do what they should", () => {
    const late = (clusterHours: number, timeoutMinutes: number) =>
      warnings({
        alarms: { emails: ["ops@example.org"], clusterHours },
        jenkinsJobs: { enrollments: { timeoutMinutes } },
      }).map((line) => line.replace(/; jenkinsJobs\.(?!enrollments).*?(?=\. Their)/, "; …"));

    expect(late(5, 301)).toEqual([
      "alarms.clusterHours is 5, and jobs may run longer: jenkinsJobs.enrollments, 301 minutes. Their clusters are reported though they do what they should. Set it to 6 or more, or lower `timeoutMinutes`.",
    ]);
    expect(late(12, 720)).toEqual([]);
    expect(late(1, 300)).toEqual([expect.stringContaining("jenkinsJobs.enrollments, 300 minutes; …. Their")]);
    expect(warnings({ jenkinsJobs: { enrollments: { timeoutMinutes: 10080 } } })).toEqual([]);
  });
});
