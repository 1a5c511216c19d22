import sharedInput from "../../clients/shared-210987654321-eu-central-1";
import { type Changes, changed, clientOf, inShared, mistakes, reportOn, sharedName } from "../../test/client-files";

const ci = { ci: { github: { repository: "acme/infrastructure" } } };

describe("names of CI and of what it must not reach", () => {
  it.each<[string, Changes, string]>([
    [
      "a client's role of the name of some CI's",
      { "hosts.role.name": "acme-ci-apply" },
      '`hosts.role.name` is "acme-ci-apply"; the roles and policies of CI are called so. Choose another.',
    ],
    [
      "a client's policy of the name of some CI's boundary",
      { "hosts.role.policyName": "acme-CI-boundary" },
      '`hosts.role.policyName` is "acme-CI-boundary"; the roles and policies of CI are called so. Choose another.',
    ],
    [
      "edxapp's RDS that is the client's own",
      { "edxapp.database.identifier": "example-analytics" },
      "`edxapp.database.identifier` is \"example-analytics\"; that is iteration 1 of the client's own RDS. Name edxapp's, or set another `database.identifier`.",
    ],
    [
      "edxapp's RDS that is a retired iteration of the client's own",
      {
        "edxapp.database.identifier": "example-analytics",
        "database.active": "2",
        "database.iterations": { "2": {} },
        "database.retired": ["1"],
      },
      "`edxapp.database.identifier` is \"example-analytics\"; that is iteration 1 of the client's own RDS. Name edxapp's, or set another `database.identifier`.",
    ],
    [
      "the same by its address",
      {
        "edxapp.database.identifier": undefined,
        "edxapp.database.address": "example-analytics.abcdefghijkl.eu-west-1.rds.amazonaws.com",
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
      },
      "`edxapp.database.address` is \"example-analytics.abcdefghijkl.eu-west-1.rds.amazonaws.com\"; that is iteration 1 of the client's own RDS. Name edxapp's, or set another `database.identifier`.",
    ],
    [
      "edxapp's user that is the client's own",
      { "edxapp.userArn": "arn:aws:iam::123456789012:user/example-Analytics_elasticsearch" },
      '`edxapp.userArn` is "arn:aws:iam::123456789012:user/example-Analytics_elasticsearch"; the client makes that IAM user itself, as `elasticsearch.userName`. Name edxapp\'s own, or set another name there.',
    ],
    ...[
      ["arn:aws:iam::123456789012:role/example-ci-apply", "the roles of CI are called so"],
      ["arn:aws:iam::123456789012:role/birch-ci-plan", "the roles of CI are called so"],
      ["arn:aws:iam::123456789012:role/birch-EMR_EC2_DefaultRole", "EMR's clusters run with that IAM role"],
      ["arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole", "EMR's clusters run with that IAM role"],
      [
        "arn:aws:iam::123456789012:role/path/example-edxanalytics",
        "the client makes that IAM role itself, as `hosts.role.name`",
      ],
    ].map(([arn, why]): [string, Changes, string] => [
      `edxapp's role that is ${arn}`,
      { "edxapp.userArn": arn, "edxapp.gradesBucket.access": "user-policy", ...ci },
      `\`edxapp.userArn\` is "${arn}"; ${why}. Name edxapp's own, or set another name there.`,
    ]),
    [
      "edxapp's role that is EMR's of the client",
      {
        "edxapp.userArn": "arn:aws:iam::123456789012:role/example-EMR_EC2_DefaultRole",
        "emr.roles": { existing: true },
      },
      '`edxapp.userArn` is "arn:aws:iam::123456789012:role/example-EMR_EC2_DefaultRole"; the client makes that IAM role itself, for `emr.instancePolicy`. Name edxapp\'s own, or set another name there.',
    ],
    [
      "a client's role that its own CI may not change",
      { "hosts.role.name": "example-ci-foo", ...ci },
      '`hosts.role.name` is "example-ci-foo"; the roles and policies of CI are called so. Choose another.',
    ],
    [
      "a client's policy that its own CI may not change",
      { "hosts.role.policyName": "Example-CI-apply-iam", ...ci },
      '`hosts.role.policyName` is "Example-CI-apply-iam"; the roles and policies of CI are called so. Choose another.',
    ],
    [
      "edxapp's bucket that holds the state",
      { "edxapp.gradesBucket.name": "example-terraform-state" },
      '`edxapp.gradesBucket.name` is "example-terraform-state"; it holds Terraform\'s states. Name another bucket.',
    ],
    [
      "an existing bucket that holds the state",
      { "buckets.trackingLogs": { existing: "example-terraform-state" } },
      '`buckets.trackingLogs.existing` is "example-terraform-state"; it holds Terraform\'s states. Name another bucket.',
    ],
    [
      "a role that deploys and that the client makes",
      { deployRoleArn: "arn:aws:iam::123456789012:role/example-edxanalytics" },
      '`deployRoleArn` is "arn:aws:iam::123456789012:role/example-edxanalytics"; clients/example.ts makes a role of that name. Name one that no client makes.',
    ],
    [
      "EMR's role as the one that deploys",
      { deployRoleArn: "arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole" },
      '`deployRoleArn` is "arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole"; EMR\'s clusters run with that IAM role. Name one that no client makes.',
    ],
    [
      "a role that deploys and that the client makes under a name of no field",
      { deployRoleArn: "arn:aws:iam::123456789012:role/example-session-manager", sessionManager: true },
      '`deployRoleArn` is "arn:aws:iam::123456789012:role/example-session-manager"; clients/example.ts makes a role of that name. Name one that no client makes.',
    ],
  ])("%s is refused", (_, changes, expected) => {
    expect(mistakes(changes)).toEqual([expected]);
  });

  it("edxapp's RDS of the same name in another region is another one", () => {
    const address = "example-analytics.abcdefghijkl.eu-west-2.rds.amazonaws.com";

    expect(
      mistakes({
        "edxapp.database": { address, securityGroupIds: ["sg-0a1b2c3d"], user: "edxapp001", access: "print" },
      }),
    ).toEqual([]);
  });

  it("a file's name leaves room for its roles", () => {
    const name = "a".repeat(56);
    const buckets = Object.fromEntries(
      ["trackingLogs", "emr", "edxanalytics"].map((key) => [`buckets.${key}`, { name: `acme-${key.toLowerCase()}` }]),
    );
    const role = `${name}-ci-apply`;

    expect(mistakes({ ...ci, ...buckets, naming: "runbook", "elasticsearch.domainName": "acme" }, name)).toEqual([
      `\`ci\` makes the IAM role \`${role}\`, of which AWS takes 64 characters, here are 65. Rename the file.`,
    ]);
  });

  it("what CI may reach is of one client, though none of them has it today", () => {
    const apart: Changes = {
      "emr.roles": { existing: true },
      "emr.securityGroups": { existing: true },
      "edxapp.gradesBucket.name": "other-edxapp",
      "state.bucket": "other-terraform-state",
    };
    const report = reportOn({
      example: changed({ ...ci, "buckets.apiReports": undefined }),
      other: changed({ ...apart, "buckets.apiReports": { userName: "example-analytics_reports" } }),
    });

    expect(report.join("\n")).toContain(
      "manages the IAM user `example-analytics_reports` in account 123456789012, and so does clients/example.ts",
    );
  });
});

describe("what CI could not limit", () => {
  it("a client of a shared stack without `ci` is refused, as nothing would limit EMR's role", () => {
    const report = (shared: object) =>
      reportOn({ example: changed({ ...inShared, ...ci }), [sharedName]: shared }, { complete: true }).filter((line) =>
        line.includes("`ci`"),
      );

    expect(report(sharedInput)).toEqual([]);
    expect(report(changed({ ci: undefined }, sharedInput))).toEqual([
      `clients/example.ts: \`ci\` lets CI write the Elasticsearch policy on EMR_EC2_DefaultRole, which nothing limits: clients/${sharedName}.ts has no \`ci\`. Set it there, so that the role gets a permissions boundary.`,
    ]);
  });

  it.each<[string, object]>([
    [
      "edxapp's user",
      { edxapp: { ...clientFields().edxapp, gradesBucket: { name: "x-edxapp", access: "user-policy" } } },
    ],
    ["an EMR role of another owner", { emr: { roles: { existing: true } } }],
  ])("a policy on %s is left to a person, and synth says so", (_, overrides) => {
    const warnings = (more: object) => clientOf({ ...overrides, ...more }).warnings.join("\n");

    expect(warnings(ci)).toMatch(/deploy a change of (it|the policy) by hand/);
    expect(warnings({})).not.toContain("by hand");
  });
});

function clientFields() {
  return changed({}) as unknown as { readonly edxapp: object };
}
