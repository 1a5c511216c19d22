import { resourcesOf } from "../../cli/stack-resources";
import { clientOf, type Overrides } from "../../test/client-files";
import { behindLoadBalancer } from "../../test/https-client";
import { clientDiagram } from "./client-diagram";
import type { Diagram } from "./diagram";
import { mermaid } from "./mermaid";
import { svg } from "./svg";

const drawn = (overrides: Overrides = {}) => clientDiagram("example", resourcesOf(clientOf(overrides)));

/** Each way as a sentence, with parties by their titles and the first of their names. */
function sentences({ parties, ways }: Diagram): string[] {
  const name = (id: string) => {
    const party = parties.find((one) => one.id === id);
    return [party?.title, party?.details.at(-1)].filter(Boolean).join(" ");
  };
  return ways.map(({ from, to, what }) => `${name(from)}: ${what.join(", ")} → ${name(to)}`);
}

describe("a client's drawing", () => {
  it("has each way that a rule or a policy of its stack gives, and no other", () => {
    const host = "Analytics host example-analytics-1";
    const emr = "EMR cluster EMR_EC2_DefaultRole";
    const search = "Elasticsearch example-analytics-es";

    expect(sentences(drawn()).sort()).toEqual(
      [
        `Anybody: HTTP 80, HTTPS 443 → ${host}`,
        "203.0.113.0/24: SSH 22 → Director example-director",
        `Director example-director: SSH 22 → ${host}`,
        "Director example-director: MySQL 3306 → Analytics RDS example-analytics",
        `${host}: MySQL 3306 → Analytics RDS example-analytics`,
        `${host}: SSH 22 → ${emr}`,
        `${host}: starts clusters → ${emr}`,
        `${host}: has its key → IAM user example-analytics_elasticsearch`,
        `IAM user example-analytics_elasticsearch: reads, writes → ${search}`,
        `${emr}: MySQL 3306 → Analytics RDS example-analytics`,
        `${emr}: MySQL → edxapp RDS example-edxapp`,
        `${emr}: reads, writes → ${search}`,
        `${emr}: reads, writes → Buckets example-edxanalytics`,
        `${emr}: reads, writes → Bucket example-edxapp/grades-download`,
        `${emr}: reads → Bucket example-tracking-logs`,
        "IAM user edxapp: reads → Bucket example-edxapp/grades-download",
      ].sort(),
    );
  });

  it("has the load balancer before Insights, and a domain inside the VPC", () => {
    const said = sentences(drawn({ ...behindLoadBalancer, elasticsearch: { vpc: {} } }));
    const host = "Analytics host example-analytics-1";

    expect(said).toEqual(
      expect.arrayContaining([
        "Anybody: HTTP 80, HTTPS 443 → Load balancer example-insights",
        `Load balancer example-insights: HTTP 80 → ${host}`,
        `${host}: HTTPS 443 → Elasticsearch example-analytics-es`,
        "EMR cluster EMR_EC2_DefaultRole: HTTPS 443 → Elasticsearch example-analytics-es",
      ]),
    );
    expect(said.filter((way) => way.startsWith("Anybody") && way.endsWith(host))).toEqual([]);
  });

  it("draws this client: an existing director, no Elasticsearch, a host for each service", () => {
    const said = sentences(
      drawn({
        director: { existing: "sg-0a1b2c3d4e5f60718" },
        release: "olive",
        hosts: { keyPair: { existing: "acme" }, iterations: { "1": { layout: "separate" } } },
      }),
    ).join("\n");

    expect(said).toContain("Director sg-0a1b2c3d4e5f60718: SSH 22 → Insights");
    expect(said).toMatch(/Insights \S+: HTTP 80, HTTPS 443 → Analytics API/);
    expect(said).not.toContain("Elasticsearch");
  });

  it("says whether the stack manages a thing or uses an existing one", () => {
    const owners = new Map(drawn().parties.map(({ title, owner }) => [title, owner]));

    expect(owners.get("Analytics RDS")).toBe("managed");
    expect(owners.get("edxapp RDS")).toBe("existing");
    expect(owners.get("Anybody")).toBe("outside");
  });

  it("is Mermaid, with a node for each party and an edge for each way", () => {
    const diagram = drawn();
    const text = mermaid(diagram);

    expect(text).toContain('["Director<br>example-director"]:::managed');
    expect(text.match(/^ {2}p\d+ -(-|\.-)>\|/gm)).toHaveLength(diagram.ways.length);
    expect(text.match(/^ +p\d+\["/gm)).toHaveLength(diagram.parties.length);
  });

  it("is SVG: the same bytes each time, on white, with no name of Terraform's", async () => {
    const diagram = drawn();
    const picture = await svg(diagram);

    expect(picture).toBe(await svg(diagram));
    expect(picture).toContain('<polygon fill="white"');
    expect(picture.match(/class="node"/g)).toHaveLength(diagram.parties.length);
    expect(picture).not.toMatch(/aws_\w+\./);
  });
});
