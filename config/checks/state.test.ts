import sharedInput from "../../clients/shared-210987654321-eu-central-1";
import { changed, mistakes, reportOn, sharedName } from "../../test/client-files";

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
});
