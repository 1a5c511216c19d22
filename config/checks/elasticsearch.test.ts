import { type Changes, clientOf, inShared, mistakes } from "../../test/client-files";
import { synthesizeClient } from "../../test/synth";

function node(family: string, changes: Changes = {}): string[] {
  const sizes: Record<string, string> = { t2: "small", i2: "xlarge" };
  return mistakes({ "elasticsearch.instanceType": `${family}.${sizes[family] ?? "large"}.elasticsearch`, ...changes });
}

describe("the node of Elasticsearch", () => {
  it.each(["t2", "m3", "m4", "c4", "r3", "r4", "i2"])("may be of %s on 1.5", (family) => {
    expect(node(family, { release: "juniper" })).toEqual([]);
  });

  it.each(["m5", "c5", "r5", "m6g"])("may be of %s on 7.10 and not on 1.5", (family) => {
    expect(node(family)).toEqual([]);
    expect(node(family, { release: "juniper" })).toEqual([
      `\`elasticsearch.instanceType\` is "${family}.large.elasticsearch"; Elasticsearch 1.5 runs on t2, m3, m4, c4, r3, r4 and i2 only. Choose "t2.small.elasticsearch".`,
    ]);
  });

  it.each(["t2", "m3", "r3"])("of %s is not encrypted", (family) => {
    expect(node(family)).toEqual([]);
    expect(node(family, { "elasticsearch.encrypted": true })).toEqual([
      expect.stringMatching(/^`elasticsearch\.encrypted` is true; .* has no encryption at rest\./),
    ]);
  });

  it("is kept by its version where the release has none: hosts of an earlier release use it", () => {
    const version = { elasticsearch: { version: "7.10" as const } };

    expect(mistakes({ release: "olive", ...version })).toEqual([]);
    expect(synthesizeClient({ release: "olive", ...version }).resource.aws_elasticsearch_domain).toEqual(
      synthesizeClient({ release: "nutmeg" }).resource.aws_elasticsearch_domain,
    );
  });

  it.each(["7.1", "7.9"])("may run %s where the release speaks 7.10", (version) => {
    expect(mistakes({ "elasticsearch.version": version })).toEqual([]);
  });

  it("may be of a domain whose name is its own, where the client's makes one that is too long", () => {
    expect(mistakes({ "elasticsearch.domainName": "learners" }, "a-client-of-16-c")).toEqual([]);
    expect(mistakes({ "elasticsearch.domainName": "Learners" })).toEqual([
      '`elasticsearch.domainName` is "Learners"; a domain\'s name is 3 to 28 of a-z, 0-9 and -, and starts with a letter. Rename it.',
    ]);
  });
});

describe("the place of Elasticsearch", () => {
  const newVpc = { network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] }, "edxapp.database.access": "print" };

  it.each(["1.5", "7.10"])("may be the VPC with %s: AWS has that since 1.0", (version) => {
    expect(mistakes({ release: version === "1.5" ? "lilac" : "nutmeg", "elasticsearch.vpc": {} })).toEqual([]);
  });

  it("is the network's own subnet in a new VPC", () => {
    expect(mistakes({ ...newVpc, "elasticsearch.vpc": {} })).toEqual([]);
    expect(mistakes({ ...newVpc, "elasticsearch.vpc": { subnetId: "subnet-0a1b2c3d" } })).toEqual([
      '`elasticsearch.vpc.subnetId` is "subnet-0a1b2c3d"; a new VPC has no subnet before it is created. Remove the field: the domain is in the network\'s own.',
    ]);
  });

  it("is warned of, as AWS moves no domain", () => {
    const said = "AWS moves no domain between a public endpoint and a VPC";

    expect(clientOf({ elasticsearch: { vpc: {} } }).warnings.join("\n")).toContain(said);
    expect(clientOf({}).warnings.join("\n")).not.toContain(said);
  });

  it("needs a role that the shared stack manages, or that exists", () => {
    const shared = { ...inShared, "elasticsearch.vpc": {} };
    const roleOf = (sharing: "none" | "shared-stack") =>
      clientOf({ sharing, elasticsearch: { vpc: {} } }).elasticsearch?.vpc?.serviceRole;

    expect([roleOf("none"), roleOf("shared-stack")]).toEqual(["managed", "existing"]);
    expect(mistakes({ ...shared, "elasticsearch.vpc": { serviceRole: {} } }).join("\n")).toContain(
      '`elasticsearch.vpc.serviceRole` is {}; with `sharing` "shared-stack" the shared stack manages it, or it exists.',
    );
  });
});

describe("settings of Elasticsearch", () => {
  it.each<[Changes, string[]]>([
    [
      { release: "olive", "elasticsearch.volumeGiB": 20 },
      [
        "`elasticsearch` has settings; the Data API of olive has dropped Elasticsearch. Remove the field, or, while hosts of an earlier release use the domain, set `elasticsearch.version` to its version.",
      ],
    ],
    [
      { elasticsearch: false },
      ["`elasticsearch` is false; nutmeg reads its learner data from Elasticsearch 7.10. Remove the field."],
    ],
    [
      { "elasticsearch.version": "1.5" },
      [
        '`elasticsearch.version` is "1.5"; nutmeg speaks Elasticsearch 7.10. Remove the field, or take a version of the same major number.',
      ],
    ],
    [
      { "elasticsearch.volumeGiB": 101 },
      [
        "`elasticsearch.volumeGiB` is 101; t3.small.elasticsearch takes 10 to 100 GiB. Change the size or the instance type.",
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.small.elasticsearch", "elasticsearch.volumeGiB": 36 },
      [
        "`elasticsearch.volumeGiB` is 36; t2.small.elasticsearch takes 10 to 35 GiB. Change the size or the instance type.",
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.small.elasticsearch", "elasticsearch.encrypted": true },
      [
        '`elasticsearch.encrypted` is true; t2.small.elasticsearch has no encryption at rest. Remove the field, or choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.instanceType": "t3.small.elasticsearch" },
      [
        '`elasticsearch.instanceType` is "t3.small.elasticsearch"; Elasticsearch 1.5 runs on t2, m3, m4, c4, r3, r4 and i2 only. Choose "t2.small.elasticsearch".',
      ],
    ],
    [
      { "elasticsearch.instanceType": "t2.micro.elasticsearch" },
      [
        '`elasticsearch.instanceType` is "t2.micro.elasticsearch"; t2.micro runs Elasticsearch 1.5 and 2.3 only; this is 7.10. Choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.encrypted": true },
      [
        "`elasticsearch.encrypted` is true; encryption at rest needs version 5.1, between nodes 6.0; this is 1.5. Remove the field, or take a newer version.",
        '`elasticsearch.encrypted` is true; t2.small.elasticsearch has no encryption at rest. Remove the field, or choose "t3.small.elasticsearch".',
      ],
    ],
    [
      { release: "juniper", "elasticsearch.applicationLogs": {} },
      [
        "`elasticsearch.applicationLogs` is {}; application logs need version 5.1; this is 1.5. Remove the field, or take a newer version.",
      ],
    ],
  ])("have to agree: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});
