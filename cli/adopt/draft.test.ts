import { runInNewContext } from "node:vm";
import { allowsGradesDownload } from "./buckets";
import { Draft } from "./draft";
import { snippet } from "./snippet";

describe("a draft", () => {
  const file = { hosts: { iterations: { "1": { instanceType: "t3.large" } } } };

  it("completes what the file does not have, and nothing else", () => {
    const draft = new Draft(file);
    draft.complete("hosts.active", "1", "because");
    draft.complete("hosts.iterations.1.instanceType", "t2.medium", "because");

    expect(draft.suggestions).toEqual([{ path: "hosts.active", value: "1", why: "because" }]);
    expect(draft.completed).toEqual({ hosts: { active: "1", iterations: { "1": { instanceType: "t3.large" } } } });
    expect(file).toEqual({ hosts: { iterations: { "1": { instanceType: "t3.large" } } } });
  });

  it("says what the file sets itself as a difference, and sets it where AWS cannot change it", () => {
    const draft = new Draft(file);
    draft.compare("hosts.iterations.1.instanceType", "t3.large", "t2.medium", "as i-1 has it");
    expect(draft.suggestions).toEqual([]);
    expect(draft.differences).toEqual([
      { path: "hosts.iterations.1.instanceType", inFile: "t3.large", inAws: "t2.medium" },
    ]);

    draft.compare("hosts.iterations.1.instanceType", "t3.large", "t2.medium", "as i-1 has it", "it cannot be changed");
    expect(draft.at("hosts.iterations.1.instanceType")).toBe("t2.medium");
    expect(draft.suggestions).toEqual([
      { path: "hosts.iterations.1.instanceType", value: "t2.medium", why: "as i-1 has it; it cannot be changed" },
    ]);
  });

  it("has one value for all things that a field is of", () => {
    const draft = new Draft({});
    draft.compare("hosts.keyPair", "a", "a", "as i-1 has it", "fixed");
    draft.compare("hosts.keyPair", "a", "b", "as i-2 has it", "fixed");
    draft.compare("hosts.iterations.1.instanceType", "t3", "t2", "as i-1 has it");
    draft.compare("hosts.iterations.1.instanceType", "t3", "m3", "as i-2 has it");
    draft.compare("hosts.iterations.1.instanceType", "t3", "t2", "as i-3 has it");

    expect(draft.contradictions).toEqual([
      { path: "hosts.keyPair", why: 'is "a", as i-1 has it, and "b", as i-2 has it; fixed. Leave one of them out' },
    ]);
    expect(draft.suggestions).toMatchObject([{ path: "hosts.iterations.1.instanceType", value: "t2" }]);
    expect(draft.differences).toEqual([{ path: "hosts.iterations.1.instanceType", inFile: "t2", inAws: "m3" }]);
  });

  it("takes back what a client file cannot say, which is changed, or a conflict", () => {
    const draft = new Draft({});
    draft.complete("hosts.iterations.1", {}, "it exists");
    draft.compare("hosts.iterations.1.diskType", "gp3", "standard", "as i-1 has it");
    draft.compare("database.iterations.1.engineVersion", "5.7", "5.5", "as it has it", "an upgrade");
    draft.complete("hosts.keyPair", { existing: "é" }, "of i-1");

    const problem = (path: string) => ({ path, message: "is wrong." });
    expect(draft.withdraw([problem("network.zones")])).toBe(false);
    expect(
      draft.withdraw(
        ["hosts.iterations.1.diskType", "database.iterations.1.engineVersion", "hosts.keyPair.existing"].map(problem),
      ),
    ).toBe(true);
    expect(draft.completed).toEqual({ hosts: { iterations: { "1": {} } } });
    expect(draft.differences).toEqual([{ path: "hosts.iterations.1.diskType", inFile: "gp3", inAws: "standard" }]);
    expect(draft.contradictions).toEqual([
      { path: "database.iterations.1.engineVersion", why: "as it has it; an upgrade: is wrong" },
      { path: "hosts.keyPair", why: "of i-1: is wrong" },
    ]);
  });

  it("is silent about what is the same, and about what AWS does not say", () => {
    const draft = new Draft(file);
    draft.compare("network.zones", ["a", "b"], ["a", "b"], "because");
    draft.compare("database.backupRetentionDays", 14, undefined, "because");

    expect([...draft.suggestions, ...draft.differences]).toEqual([]);
  });
});

describe("the snippet", () => {
  const fields = [
    { path: "hosts.iterations.3", value: {}, why: "analytics-3 exists" },
    { path: "hosts.iterations.3.instanceType", value: "t2.medium", why: "as i-1 has it" },
    { path: "hosts.iterations.3.diskEncrypted", value: false, why: "as i-1 has it" },
    { path: "buckets.hadoop", value: {}, why: "it exists" },
    { path: "hosts.keyPair", value: { existing: 'the "old" key' }, why: "the key pair" },
    { path: "director.sshFrom", value: ["0.0.0.0/0", "10.0.0.0/8"], why: "what it lets in" },
  ];

  it("is TypeScript as people write it, a reason once for the fields that follow it", () => {
    expect(snippet(fields)).toEqual([
      "hosts: {",
      "  iterations: {",
      '    "3": {',
      "      // as i-1 has it",
      '      instanceType: "t2.medium",',
      "      diskEncrypted: false,",
      "    },",
      "  },",
      "  // the key pair",
      '  keyPair: { existing: "the \\"old\\" key" },',
      "},",
      "buckets: {",
      "  // it exists",
      "  hadoop: {},",
      "},",
      "director: {",
      "  // what it lets in",
      '  sshFrom: ["0.0.0.0/0", "10.0.0.0/8"],',
      "},",
    ]);
  });

  it("means what was drafted", () => {
    const draft = new Draft({});
    for (const { path, value, why } of fields) {
      draft.complete(path, value, why);
    }

    expect(JSON.parse(JSON.stringify(runInNewContext(`({${snippet(fields).join("\n")}})`)))).toEqual(draft.completed);
  });
});

describe("the runbook's statement on the grades bucket", () => {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:user/edxapp" },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::grades/grades-download/*",
  };
  const allows = (changes: object) =>
    allowsGradesDownload([{ ...statement, ...changes }], "grades", "arn:aws:iam::123456789012:user/edxapp");

  it.each([
    ["as the runbook has it", {}, true],
    ["in lists, and wider", { Action: ["s3:PutObject", "s3:Get*"], Resource: ["arn:aws:s3:::grades/*"] }, true],
    ["for somebody else", { Principal: { AWS: "arn:aws:iam::123456789012:user/lms" } }, false],
    ["for everybody, which is no statement of the runbook's", { Principal: "*" }, false],
    ["under a condition", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, false],
    ["as a refusal", { Effect: "Deny" }, false],
    ["for another folder", { Resource: "arn:aws:s3:::grades/uploads/*" }, false],
    ["for another action", { Action: "s3:ListBucket" }, false],
  ])("is known %s", (_, changes, expected) => {
    expect(allows(changes)).toBe(expected);
  });
});
