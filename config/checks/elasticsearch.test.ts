import { type Changes, mistakes } from "../../test/client-files";

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

  it.each(["7.1", "7.9"])("may run %s where the release speaks 7.10", (version) => {
    expect(mistakes({ "elasticsearch.version": version })).toEqual([]);
  });

  it("may be of a domain whose name is its own, where the client's makes one that is too long", () => {
    expect(mistakes({ name: "a-client-of-16-c", "elasticsearch.domainName": "learners" })).toEqual([]);
    expect(mistakes({ "elasticsearch.domainName": "Learners" })).toEqual([
      '`elasticsearch.domainName` is "Learners"; a domain\'s name is 3 to 28 of a-z, 0-9 and -, and starts with a letter. Rename it.',
    ]);
  });
});
