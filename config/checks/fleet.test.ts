import shared from "../../clients/shared-210987654321-eu-central-1";
import { type Changes, changed, inShared, reportOn, sharedName } from "../../test/client-files";
import { checkFiles } from "../load/load";
import { stateKey } from "../names";

/** What the second of two clients leaves to the first. */
const apart: Changes = {
  "emr.roles": { existing: true },
  "emr.securityGroups": { existing: true },
  "edxapp.gradesBucket.name": "other-edxapp",
  "state.bucket": "other-terraform-state",
};

/** What the second of two clients in one account and VPC is told; where names are prefixed, little is left to claim. */
function second(changes: Changes, both: Changes = {}): string[] {
  return reportOn({ example: changed(both), other: changed({ ...apart, ...both, ...changes }) })
    .filter((line) => line.startsWith("clients/other.ts: "))
    .map((line) => line.replace("clients/other.ts: ", ""));
}

describe("two clients in one account", () => {
  it("get along where each has names of its own, and one manages what an account has once", () => {
    expect(second({})).toEqual([]);
  });

  it.each<[string, Changes, string]>([
    [
      "a name that they set alike",
      { "hosts.role.name": "example-edxanalytics" },
      '`hosts.role.name` manages the IAM role `example-edxanalytics` in account 123456789012, and so does clients/example.ts (`hosts.role.name`); AWS has one. Set it here, or choose `naming: "prefixed"`.',
    ],
    [
      "EMR's roles",
      { "emr.roles": {} },
      "`accountId` is that of clients/example.ts too, and both manage EMR's roles there. Correct it, or see docs/adding-a-client.md, An account with several clients.",
    ],
    [
      "EMR's groups",
      { "emr.securityGroups": {} },
      "`emr.securityGroups` manages `ElasticMapReduce-master` and `-slave` in the default VPC of account 123456789012, eu-west-1, and so does clients/example.ts (`emr.securityGroups`); AWS has one. Correct an `accountId` that was copied, set `{ existing: true }`, or share the VPC by a shared stack.",
    ],
    [
      "a bucket",
      { "buckets.emr.name": "example-analytics-emr" },
      '`buckets.emr.name` manages the bucket `example-analytics-emr` in all of AWS, and so does clients/example.ts (`buckets.emr.name`); AWS has one. Set another, or `{ existing: "example-analytics-emr" }` in all but one.',
    ],
    [
      "an RDS instance",
      { "database.iterations": { "1": { identifier: "example-analytics" } } },
      "`database.iterations.1.identifier` manages the RDS instance `example-analytics` in account 123456789012, eu-west-1, and so does clients/example.ts (`database.iterations.1.identifier`); AWS has one. Set it here, or `database.identifier`.",
    ],
    [
      "the policy of a bucket",
      { "edxapp.gradesBucket.name": "example-edxapp" },
      '`edxapp.gradesBucket.access` manages the policy of bucket `example-edxapp` in all of AWS, and so does clients/example.ts (`edxapp.gradesBucket.access`); AWS has one. Correct a bucket\'s name that was copied, or set "print" or "user-policy" in all but one.',
    ],
    [
      "a name that differs in case alone",
      { "hosts.role.name": "Example-EdxAnalytics" },
      '`hosts.role.name` manages the IAM role `Example-EdxAnalytics` in account 123456789012, and so does clients/example.ts (`hosts.role.name`); AWS has one. Set it here, or choose `naming: "prefixed"`.',
    ],
    [
      "a bucket, one for the pipeline and one for its state",
      { "state.bucket": "example-analytics-emr" },
      '`state.bucket` is "example-analytics-emr"; clients/example.ts (`buckets.emr`) manages that bucket. Name an existing bucket.',
    ],
    [
      "a bucket, one for the pipeline and one for edxapp",
      { "edxapp.gradesBucket.name": "example-edxanalytics" },
      '`edxapp.gradesBucket.name` is "example-edxanalytics"; clients/example.ts (`buckets.edxanalytics`) manages that bucket. Name an existing bucket.',
    ],
  ])("cannot both have %s", (_, changes, expected) => {
    expect(second(changes)).toEqual([expected]);
  });

  it.each<[string, Changes, string]>([
    ["sessionManager", { sessionManager: true }, "example-session-manager"],
    ["hosts.backups", { "hosts.backups": {} }, "example-analytics-backups"],
    ["alarms", { alarms: { emails: ["ops@example.com"] } }, "example-analytics-clusters"],
  ])("cannot both have a role that the name of one makes, for `%s`", (path, makes, role) => {
    // IAM compares names without regard to case.
    const takes = { "hosts.role.name": role.toUpperCase() };
    const found = (one: Changes, other: Changes) =>
      reportOn({ example: changed(one), other: changed({ ...apart, ...other }) }).filter((line) =>
        /IAM role/.test(line),
      );

    expect(found(makes, takes)).toEqual([
      `clients/other.ts: \`hosts.role.name\` manages the IAM role \`${role.toUpperCase()}\` in account 123456789012, and so does clients/example.ts (\`${path}\`); AWS has one. Set it here, or choose \`naming: "prefixed"\`.`,
    ]);
    expect(found({}, takes)).toEqual([]);
    expect(
      found(makes, { ...takes, accountId: "999999999999", "edxapp.userArn": "arn:aws:iam::999999999999:user/edxapp" }),
    ).toEqual([]);
  });

  it("are most likely copies where both manage EMR's roles, which one line says of all that they both have", () => {
    const roles = "clients/other.ts: `accountId` is that of clients/example.ts too, and both manage EMR's roles";
    const several = "or see docs/adding-a-client.md, An account with several clients.";
    const found = (changes: Changes, both: Changes = {}) =>
      reportOn({ example: changed(both), other: changed({ ...both, ...changes }) });

    expect(found({ "edxapp.gradesBucket.name": "other-edxapp" })).toEqual([
      `${roles} and groups there. Correct it, ${several}`,
      "",
      "1 mistake in the client files.",
    ]);
    expect(found({})[0]).toBe(
      `${roles} and groups there, and the policy of bucket \`example-edxapp\`. Correct it and what else was copied, ${several}`,
    );
    expect(found({}, { naming: "runbook" })).toHaveLength(3);
    expect(found({}, { naming: "runbook" })[0]).toContain(", the IAM role `edxanalytics`,");
  });

  it("are told once of each pair, the later one of the first", () => {
    const name = { "hosts.role.name": "same" };
    const other = changed({ ...apart, ...name, "edxapp.gradesBucket.access": "print" });
    const files = { acme: changed(name), birch: other, cedar: other };

    expect(reportOn(files).map((line) => line.replace(/; AWS.*/, ""))).toEqual([
      ...["birch", "cedar"].map(
        (file) =>
          `clients/${file}.ts: \`hosts.role.name\` manages the IAM role \`same\` in account 123456789012, and so does clients/acme.ts (\`hosts.role.name\`)`,
      ),
      "",
      "2 mistakes in the client files.",
    ]);
  });

  it("cannot both manage the service-linked role of Elasticsearch", () => {
    const inVpc = { "elasticsearch.vpc": {} };

    expect(second({}, inVpc)).toEqual([
      "`elasticsearch.vpc.serviceRole` manages `AWSServiceRoleForAmazonElasticsearchService` in account 123456789012, and so does clients/example.ts (`elasticsearch.vpc.serviceRole`); AWS has one. Set `{ existing: true }` in all but one, or correct an `accountId` that was copied.",
    ]);
    expect(second({ "elasticsearch.vpc": { serviceRole: { existing: true } } }, inVpc)).toEqual([]);
  });

  it("cannot both have the runbook's names", () => {
    const found = second({}, { naming: "runbook" });

    for (const name of [
      "IAM policy `provision_emr_clusters` in account",
      "IAM role `edxanalytics` in account",
      "IAM user `analytics_elasticsearch` in account",
      "key pair `analytics` in account 123456789012, eu-west-1",
      "key pair `director` in account 123456789012, eu-west-1",
      "security group `analytics` in the default VPC",
      "security group `director` in the default VPC",
      "security group `EMR RDS` in the default VPC",
      "RDS instance `analytics` in account 123456789012, eu-west-1",
    ]) {
      expect(found).toContainEqual(expect.stringContaining(`manages the ${name}`));
    }
    expect(found).toHaveLength(9);
  });

  it("may both have what is unique by region, in two regions", () => {
    const found = second(
      { region: "eu-central-1", network: { vpc: "default", zones: ["eu-central-1a", "eu-central-1b"] } },
      { naming: "runbook" },
    );

    expect(found.some((line) => /key pair|security group|RDS/.test(line))).toBe(false);
    expect(found).toContainEqual(expect.stringContaining("IAM role `edxanalytics`"));
  });

  it("may both have the runbook's names in two accounts", () => {
    expect(
      second(
        { accountId: "999999999999", "edxapp.userArn": "arn:aws:iam::999999999999:user/edxapp" },
        {
          naming: "runbook",
        },
      ),
    ).toEqual([]);
  });

  it("may both use an existing key pair, existing groups and an existing director", () => {
    const existing = {
      naming: "runbook",
      "hosts.keyPair": { existing: "common" },
      director: { existing: "sg-0a1b2c3d" },
      "hosts.securityGroup": { existing: "sg-0a1b2c3e" },
      "emr.rdsSecurityGroup": { existing: "sg-0a1b2c3f" },
    };
    const directorsKeyPair = { "director.keyPair": { existing: "common" } };

    expect(second({}, existing).filter((line) => /key pair|security group/.test(line))).toEqual([]);
    expect(
      second({}, { naming: "runbook", ...directorsKeyPair }).some((line) => /key pair `director`/.test(line)),
    ).toBe(false);
  });

  it.each(["new-policy", "merge-policy", "leave-policy"])(
    "cannot both write the policy of a bucket with %s",
    (access) => {
      const both = { "edxapp.gradesBucket": { name: "common-edxapp", access } };

      expect(second({ ...both }, both)).toEqual([
        expect.stringContaining("manages the policy of bucket `common-edxapp`"),
      ]);
    },
  );

  it.each(["user-policy", "print"])("may both read from a bucket with %s", (access) => {
    const both = { "edxapp.gradesBucket": { name: "common-edxapp", access } };

    expect(second({ ...both }, both)).toEqual([]);
  });

  it("may both use an existing bucket", () => {
    expect(second({ "buckets.emr": { existing: "common" } }, {})).toEqual([]);
    expect(second({}, { "buckets.trackingLogs": { existing: "common-tracking-logs" } })).toEqual([]);
  });

  it("cannot both tag a subnet for EMR's service policy v2", () => {
    const network = { ...(inShared.network as object), subnetId: "subnet-0000000a" };
    const v2 = { "emr.servicePolicy": "v2" };
    const fix = "Share the account by a shared stack that names the subnet, or take another subnet.";

    expect(second({}, v2)).toEqual([
      `\`emr.servicePolicy\` manages EMR's tag on the default subnet of eu-west-1a in account 123456789012, eu-west-1, and so does clients/example.ts (\`emr.servicePolicy\`); AWS has one. ${fix}`,
    ]);
    expect(second({}, { ...v2, network })).toEqual([expect.stringContaining("manages EMR's tag on subnet-0000000a")]);
    expect(second({ network: { ...network, subnetId: "subnet-0000000b" } }, { ...v2, network })).toEqual([]);
    expect(second({}, { network })).toEqual([]);
  });

  it("take EMR's roles with the service policy that their manager gives them", () => {
    expect(second({ "emr.servicePolicy": "v2" })).toEqual([
      '`emr.servicePolicy` is "v2"; clients/example.ts gives EMR_DefaultRole the policy "v1". Take the same.',
    ]);
    expect(second({ accountId: "999999999999", "emr.servicePolicy": "v2" })).toEqual([]);
  });

  it("keep their states apart in one bucket and under one prefix", () => {
    const keys = ["example", "other"].flatMap((name) =>
      [name, `${name}-databases`].map((stack) => stateKey("all", stack)),
    );

    expect(new Set(keys).size).toBe(4);
    expect(second({ "state.bucket": "states" }, { "state.keyPrefix": "all" })).toEqual([]);
  });
});

describe("clients of two accounts", () => {
  const elsewhere: Changes = {
    accountId: "999999999999",
    "edxapp.userArn": "arn:aws:iam::999999999999:user/edxapp",
    "edxapp.gradesBucket.access": "print",
  };
  const warnings = (changes: Changes) =>
    checkFiles(
      [
        { name: "acme", input: changed({}) },
        { name: "birch", input: changed({ "state.bucket": "birch-state", ...elsewhere, ...changes }) },
      ],
      { complete: true },
    ).clients.map((client) => client.warnings.filter((warning) => warning.includes("copied")));

  it("are warned of an edxapp that was most likely copied, as names of buckets are global", () => {
    const expected =
      'edxapp.database.identifier is "example-edxapp" and edxapp.gradesBucket.name is "example-edxapp" in accounts 123456789012 and 999999999999. A bucket is in one account alone, so what names edxapp was most likely copied from another client\'s file. Correct it.';

    expect(warnings({})).toEqual([[expected], [expected]]);
  });

  it.each<Changes>([
    { "edxapp.gradesBucket.name": "birch-edxapp" },
    { "edxapp.database.identifier": "birch-edxapp" },
    {
      accountId: "123456789012",
      "edxapp.userArn": "arn:aws:iam::123456789012:user/edxapp",
      "emr.roles": { existing: true },
      "emr.securityGroups": { existing: true },
    },
  ])("are not, with %j", (changes) => {
    expect(warnings(changes).flat()).toEqual([]);
  });
});

describe("the identity provider of a CI", () => {
  const ci = { github: { repository: "acme/infrastructure" } };

  it("is managed once in an account", () => {
    expect(second({}, { ci })).toEqual([
      "`ci.github.identityProvider` manages the identity provider `token.actions.githubusercontent.com` in account 123456789012, and so does clients/example.ts (`ci.github.identityProvider`); AWS has one. Set `{ existing: true }` in all but one.",
    ]);
    expect(second({ ci: { github: { ...ci.github, identityProvider: { existing: true } } } }, { ci })).toEqual([]);
  });

  it("is another one for another host", () => {
    expect(second({ ci: { gitlab: { project: "acme/infrastructure" } } }, { ci })).toEqual([]);
  });

  it("is the shared stack's where there is one", () => {
    expect(reportOn({ [sharedName]: shared, example: changed({ ...inShared, ci }) }, { complete: true })).toEqual([]);
  });
});
