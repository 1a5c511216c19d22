import sharedInput from "../../clients/shared-210987654321-eu-central-1";
import { type Changes, changed, mistakes, reportOn, sharedName } from "../../test/client-files";

const arn = (role: string, account = "123456789012") => `arn:aws:iam::${account}:role/${role}`;
const refused = (deployer: string, role: string) =>
  `\`state.deployers.0\` is "${deployer}"; it is, or admits, \`${role}\`, with which the client's hosts or clusters run, and which the bucket refuses. Name the roles of the people who deploy.`;

describe("deployers", () => {
  it("have a letter of their name before a *", () => {
    expect(mistakes({ "state.deployers": ["arn:aws:iam::123456789012:role/*"] })).toEqual([
      '`state.deployers.0` is "arn:aws:iam::123456789012:role/*"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:role/deploy`, or the beginning of its name and a *, as in `…:role/deploy*`. See `aws iam get-role`; of a session it is the role\'s ARN.',
    ]);
  });

  it.each([
    [arn("example-edxanalytics"), "example-edxanalytics"],
    [arn("path/Example-edxanalytics"), "example-edxanalytics"],
    [arn("EMR_EC2_DefaultRole"), "EMR_EC2_DefaultRole"],
    [arn("birch-EMR_EC2_DefaultRole"), "birch-EMR_EC2_DefaultRole"],
    [arn("example-*"), "example-edxanalytics"],
    [arn("E*"), "EMR_DefaultRole"],
  ])("that are, or admit, a role of the client's are refused: %s", (deployer, role) => {
    expect(mistakes({ "state.deployers": [deployer] })).toEqual([refused(deployer, role)]);
  });

  it("of a shared stack are not EMR's roles", () => {
    const deployer = arn("EMR_*", "210987654321");
    const report = reportOn({ [sharedName]: changed({ "state.deployers": [deployer] }, sharedInput) });

    expect(report.join("\n")).toContain(refused(deployer, "EMR_DefaultRole"));
  });

  it.each([
    [arn("a//b"), "the ARN of an IAM user or role is required"],
    [arn("deploy", "000000000000"), "the ARN of an IAM user or role is required"],
    [arn("a".repeat(65)), "a name of IAM's has at most 64 characters"],
    [arn(`${"a".repeat(600)}/b`), "a path of IAM's, from the first slash to the last, has at most 512 characters"],
  ])("have ARNs of IAM's form and lengths: %s", (deployer, expected) => {
    expect(mistakes({ "state.deployers": [deployer] }).join()).toContain(expected);
  });

  it("have room in the bucket's policy", () => {
    const many = Array.from({ length: 400 }, (_, index) => arn(`deployer-${index}`));

    expect(mistakes({ "state.deployers": many }).join()).toContain(
      "the bucket's policy has room for 12000 characters of ARNs. Name roles that people share.",
    );
  });

  it.each([
    arn("deploy"),
    arn("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Deployer_*"),
    arn("example-edxanalytics", "210987654321"),
    "arn:aws:iam::123456789012:user/ops",
  ])("are whoever else: %s", (deployer) => {
    expect(mistakes({ "state.deployers": [deployer] })).toEqual([]);
  });

  it.each([
    ["user/example-analytics_elasticsearch", "example-analytics_elasticsearch"],
    ["user/Example-analytics_elasticsearch", "example-analytics_elasticsearch"],
    ["user/example-a*", "example-analytics_elasticsearch"],
  ])("are no user of the client's, whose keys hosts have: %s", (user, admitted) => {
    const [found] = mistakes({ "state.deployers": [`arn:aws:iam::123456789012:${user}`] });

    expect(found).toContain(
      `it is, or admits, \`${admitted}\`, an IAM user of the client's whose keys hosts have: with them all that is in the state could be read. Name the roles of the people who deploy.`,
    );
  });

  it.each(["arn:aws:iam::123456789012:user/x/edxapp", "arn:aws:iam::123456789012:user/x/edx*"])(
    "are not edxapp: %s",
    (deployer) => {
      const changes = { "edxapp.userArn": "arn:aws:iam::123456789012:user/x/edxapp", "state.deployers": [deployer] };

      expect(mistakes(changes).join()).toContain("it is, or admits, `edxapp.userArn`, whose keys edxapp's hosts have");
    },
  );
});

describe("a bucket of two files' states", () => {
  const other = { accountId: "999999999999", "edxapp.userArn": "arn:aws:iam::999999999999:user/edxapp" };
  const both = (changes: Changes, more: Changes = {}) =>
    reportOn({ acme: changed(more), birch: changed(changes) }).filter((line) => line.includes("`state."));

  it("is in one account", () => {
    expect(both(other)).toEqual([
      'clients/acme.ts: `state.accountId` is "123456789012" (the default); clients/birch.ts has the bucket example-terraform-state in "999999999999" (the default), and a bucket is in one account. Write the bucket\'s own `state.accountId` in both, or name another bucket.',
      'clients/birch.ts: `state.accountId` is "999999999999" (the default); clients/acme.ts has the bucket example-terraform-state in "123456789012" (the default), and a bucket is in one account. Write the bucket\'s own `state.accountId` in both, or name another bucket.',
    ]);
    expect(both({ ...other, "state.bucket": "birch-terraform-state" })).toEqual([]);
  });

  const elsewhere = { region: "eu-central-1", "network.zones": ["eu-central-1a", "eu-central-1b"] };

  it("is in one region", () => {
    expect(both(elsewhere).join()).toContain("and a bucket is in one region. Write the bucket's own `state.region`");
    expect(both({ ...elsewhere, "state.region": "eu-west-1" })).toEqual([]);
  });

  it("is where a file says, and a default of another is the mistake", () => {
    expect(both(elsewhere, { "state.region": "eu-west-1" })).toEqual([
      'clients/birch.ts: `state.region` is "eu-central-1" (the default); clients/acme.ts has the bucket example-terraform-state in "eu-west-1", and a bucket is in one region. Write the bucket\'s own `state.region` here, or name another bucket.',
    ]);
  });

  it("is a mistake of both files where both say otherwise, and of no third that says nothing and agrees with one that says", () => {
    const written = { "state.region": "eu-west-1" };
    const mistaken = (files: Record<string, object>) =>
      reportOn(files).flatMap((line) => /^(\S+): `state\.region`/.exec(line)?.[1] ?? []);

    expect(both({ "state.region": "eu-central-1" }, written)).toEqual([
      expect.stringMatching(/^clients\/acme\.ts: `state\.region` is "eu-west-1"; .* in "eu-central-1", .* in both,/),
      expect.stringMatching(/^clients\/birch\.ts: `state\.region` is "eu-central-1"; .* in "eu-west-1", .* in both,/),
    ]);
    expect(mistaken({ acme: changed(written), birch: changed(elsewhere), third: changed({}) })).toEqual([
      "clients/birch.ts",
    ]);
  });

  it("is where a shared stack's file says", () => {
    const bucket = { "state.bucket": "example-terraform-state" };
    const shared = { [sharedName]: changed({ ...bucket, "state.region": "eu-central-1" }, sharedInput) };

    expect(reportOn({ acme: changed({}), ...shared }).filter((line) => line.includes("`state.region`"))).toEqual([
      expect.stringMatching(/^clients\/acme\.ts: `state\.region` is "eu-west-1" \(the default\)/),
    ]);
  });
});
