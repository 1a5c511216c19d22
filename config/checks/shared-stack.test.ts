import shared from "../../clients/shared-210987654321-eu-central-1";
import { type Changes, changed, clientOf, inShared, reportOn, sharedName } from "../../test/client-files";

const subnet = "subnet-0a1b2c3d4e5f60719";

describe("a shared stack", () => {
  it("keeps its state in a bucket that no client manages", () => {
    const one = changed({ ...inShared, "buckets.emr": { name: "grove-terraform-state" } });

    expect(reportOn({ [sharedName]: shared, one })[0]).toBe(
      `clients/${sharedName}.ts: \`state.bucket\` is "grove-terraform-state"; clients/one.ts (\`buckets.emr\`) manages that bucket. Name an existing bucket.`,
    );
  });

  it("has its state outside of the folder of plans, and no role to go on to from CI's", () => {
    const state = { ...shared.state, keyPrefix: "plans/grove" };
    const deployRoleArn = "arn:aws:iam::210987654321:role/deploy";

    expect(reportOn({ [sharedName]: { ...shared, state, deployRoleArn } }).slice(0, 2)).toEqual([
      expect.stringContaining("`deployRoleArn` is"),
      expect.stringContaining("`state.keyPrefix` is"),
    ]);
  });

  it("serves the clients that ask for it", () => {
    const one = changed({ ...inShared, "edxapp.gradesBucket.name": "one-edxapp" });
    const two = changed({ ...inShared, "edxapp.gradesBucket.name": "two-edxapp" });

    expect(reportOn({ [sharedName]: shared, one, two }, { complete: true })).toEqual([]);
  });

  it("has to be described by a file, once all files are read", () => {
    const files = { example: changed(inShared) };

    expect(reportOn(files, { complete: true })[0]).toBe(
      'clients/example.ts: `sharing` is "shared-stack"; it needs clients/shared-210987654321-eu-central-1.ts. Write that file, or set "none".',
    );
    expect(reportOn(files, { complete: false })).toEqual([]);
  });

  it("is in its clients' VPC", () => {
    const files = {
      example: changed({
        ...inShared,
        network: { ...(inShared.network as object), vpcId: "vpc-99999999" },
      }),
      [sharedName]: shared,
    };

    expect(reportOn(files, { complete: true })[0]).toBe(
      'clients/example.ts: `network` is "existing"; clients/shared-210987654321-eu-central-1.ts manages EMR\'s groups in vpc-0a1b2c3d4e5f60718. Take the same VPC.',
    );
  });

  it.each([
    ["v1", "v2"],
    ["v2", "v1"],
  ] as const)("with policy %s has no clients with %s", (servicePolicy, other) => {
    const files = {
      example: changed({ ...inShared, "emr.servicePolicy": other }),
      [sharedName]: { ...shared, network: { ...shared.network, subnetIds: [subnet] }, emr: { servicePolicy } },
    };

    expect(reportOn(files, { complete: true }).slice(0, -2)).toEqual([
      `clients/example.ts: \`emr.servicePolicy\` is "${other}"; clients/${sharedName}.ts gives EMR_DefaultRole the policy "${servicePolicy}". Take the same.`,
    ]);
  });

  it("with policy v2 tags the subnets of its clients", () => {
    const report = (network: object, fields: Changes = {}) =>
      reportOn(
        {
          example: changed({ ...inShared, "emr.servicePolicy": "v2", ...fields }),
          [sharedName]: changed({ network, "emr.servicePolicy": "v2" }, shared),
        },
        { complete: true },
      )[0];
    const zones = ["eu-central-1a", "eu-central-1b"];

    expect(report(shared.network)).toBe(
      `clients/example.ts: \`network.subnetId\` is "${subnet}"; with service policy v2 EMR requires its tag on that subnet, and clients/${sharedName}.ts does not set it. Add it to \`network.subnetIds\` in that file.`,
    );
    expect(report({ ...shared.network, subnetIds: [subnet] })).toBeUndefined();
    expect(report({ vpc: "default", zones: zones.slice(1) }, { network: { vpc: "default", zones } })).toBe(
      `clients/example.ts: \`network.zones.0\` is "eu-central-1a"; with service policy v2 EMR requires its tag on that subnet, and clients/${sharedName}.ts does not set it. Add it to \`network.zones\` in that file.`,
    );
    expect(report({ vpc: "default", zones }, { network: { vpc: "default", zones } })).toBeUndefined();
  });

  it("is the only one that tags a subnet it names", () => {
    const files = {
      example: changed({
        ...inShared,
        sharing: "none",
        emr: { roles: { existing: true }, securityGroups: { existing: true }, servicePolicy: "v2" },
      }),
      [sharedName]: { ...shared, network: { ...shared.network, subnetIds: [subnet] }, emr: { servicePolicy: "v2" } },
    };

    expect(reportOn(files)[0]).toBe(
      `clients/${sharedName}.ts: \`network.subnetIds\` manages EMR's tag on ${subnet} in account 210987654321, eu-central-1, and so does clients/example.ts (\`emr.servicePolicy\`); AWS has one. Set \`sharing: "shared-stack"\` in the client.`,
    );
  });

  it("of an account's second region has the policy of the first's roles", () => {
    const second = {
      ...shared,
      network: { vpc: "default" },
      emr: { roles: { existing: true }, servicePolicy: "v2" },
      state: { ...shared.state, region: "eu-central-1" },
      ci: undefined,
    };

    expect(reportOn({ [sharedName]: shared, "shared-210987654321-eu-west-1": second })[0]).toBe(
      `clients/shared-210987654321-eu-west-1.ts: \`emr.servicePolicy\` is "v2"; clients/${sharedName}.ts gives EMR_DefaultRole the policy "v1". Take the same.`,
    );
  });

  it("names subnets once, and zones of its region", () => {
    const report = (network: object) => reportOn({ [sharedName]: { ...shared, network } })[0];

    expect(report({ ...shared.network, subnetIds: [subnet, subnet] })).toContain("a subnet may be named once.");
    expect(report({ vpc: "default", zones: ["eu-central-1a", "eu-central-1a"] })).toContain(
      "a zone may be named once.",
    );
    expect(report({ vpc: "default", zones: ["eu-west-1a"] })).toBe(
      `clients/${sharedName}.ts: \`network.zones.0\` is "eu-west-1a"; a zone of eu-central-1 is required. Name one, as in \`eu-central-1a\`.`,
    );
  });

  it("stays protected while a client uses it, also where its file alone is read", () => {
    const one = changed(inShared);
    const open = { ...shared, protected: false };
    const expected = `clients/${sharedName}.ts: \`protected\` is false; one still uses the stack. Remove the field; or first destroy these clients, and remove their files.`;

    expect(reportOn({ [sharedName]: open, one })[0]).toBe(expected);
    expect(reportOn({ [sharedName]: open }, { complete: false, others: [clientOf(inShared)] })[0]).toBe(
      expected.replace("one still", "example still"),
    );
    expect(reportOn({ [sharedName]: open, one: changed({ "emr.roles": { existing: true } }) })).toEqual([]);
  });

  it("does not manage what a client of its account manages", () => {
    const files = { example: changed({ ...inShared, sharing: "none" }), [sharedName]: shared };

    expect(reportOn(files).filter((line) => line.startsWith(`clients/${sharedName}.ts`))).toEqual([
      expect.stringContaining("`emr.roles` manages `EMR_DefaultRole` and `EMR_EC2_DefaultRole`"),
      expect.stringContaining("`network` manages `ElasticMapReduce-master` and `-slave`"),
    ]);
  });
});

describe("EMR_EC2_DefaultRole of an account", () => {
  const literal = "AmazonElasticMapReduceforEC2Role";
  const found = `\`emr.instancePolicy\` is "${literal}"`;

  it.each([
    [literal, literal],
    ["least-privilege", literal],
    ["least-privilege", "least-privilege"],
  ] as const)("serves clients with %s where the shared stack says %s", (ofClient, ofStack) => {
    const files = {
      example: changed({ ...inShared, "emr.instancePolicy": ofClient }),
      [sharedName]: { ...shared, emr: { instancePolicy: ofStack } },
    };

    expect(reportOn(files, { complete: true })).toEqual([]);
  });

  it("has no managed policy of AWS's for a client that counts on it, where the shared stack gives it none", () => {
    const files = { example: changed({ ...inShared, "emr.instancePolicy": literal }), [sharedName]: shared };

    expect(reportOn(files, { complete: true })[0]).toBe(
      `clients/example.ts: ${found}; clients/${sharedName}.ts gives EMR_EC2_DefaultRole no such policy. Set the same there, or "least-privilege" here.`,
    );
  });

  it("has none either where another client manages it, and is not checked where no file does", () => {
    const other = changed({
      "emr.roles": { existing: true },
      "emr.securityGroups": { existing: true },
      "emr.instancePolicy": literal,
      "edxapp.gradesBucket.name": "other-edxapp",
    });

    expect(reportOn({ example: changed({}), other })[0]).toBe(
      `clients/other.ts: ${found}; clients/example.ts gives EMR_EC2_DefaultRole no such policy. Set the same there, or "least-privilege" here.`,
    );
    expect(reportOn({ other })).toEqual([]);
  });
});

it("a client's own EC2 role has a name that AWS takes", () => {
  const name = "a-client-whose-name-has-forty-five-characters";
  const fields = {
    ...inShared,
    "elasticsearch.domainName": "short-es",
    "elasticsearch.userName": "short-user",
    "buckets.trackingLogs": { existing: "short-tracking-logs" },
    "buckets.edxanalytics": { name: "short-edxanalytics" },
    "buckets.emr": { name: "short-emr" },
  };
  const message = `clients/${name}.ts: makes the IAM role \`${name}-EMR_EC2_DefaultRole\`, and AWS takes 64 characters. Shorten the file's name.`;

  expect(reportOn({ [name]: changed(fields) })).toContain(message);
  expect(
    reportOn({ [name]: changed({ ...fields, "emr.instancePolicy": "AmazonElasticMapReduceforEC2Role" }) }),
  ).toEqual([]);
});

describe("a shared stack, and a client that manages the same", () => {
  it("is used by the clients of its account, which are told so and are no copies of each other", () => {
    const { sharing: _, ...alone } = inShared as Changes;
    const found = (name: string) => reportOn({ [name]: changed(alone), [sharedName]: shared }).join("\n");

    // Before and after the shared stack's file in the alphabet.
    for (const name of ["acme", "zoo"]) {
      expect(found(name)).toContain('Set `sharing: "shared-stack"` in a client');
      expect(found(name)).not.toContain("`accountId` is that of");
    }
  });
});
