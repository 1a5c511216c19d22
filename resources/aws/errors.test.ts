import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError } from "./errors";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-profiles-"));
const files = { AWS_CONFIG_FILE: join(folder, "config"), AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials") };
const environment = process.env;

beforeEach(() => {
  process.env = { ...environment, ...files, AWS_PROFILE: undefined };
  writeFileSync(
    files.AWS_CONFIG_FILE,
    "[profile single]\nsso_session = acme\n[sso-session acme]\nsso_region = eu-west-1\n" +
      "[profile process]\ncredential_process = helper hidden-token\n[profile mfa]\nmfa_serial = x\n" +
      "[profile role]\nrole_arn = x\nsource_profile = middle\n[profile middle]\nsource_profile=single\n" +
      "[profile helped]\nsource_profile = process\n[profile lost]\nsource_profile = nowhere\n" +
      "[profile circle]\nsource_profile = circle\n[profile 'quoted']\nsso_session = acme\n" +
      '[profile "two words"]\nsso_session = acme\n',
  );
  writeFileSync(files.AWS_SHARED_CREDENTIALS_FILE, "[ops]\naws_access_key_id = x\n");
});
afterEach(() => {
  process.env = environment;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function message(error: object): AwsError {
  return new AwsError({ name: "acme", accountId: "123456789012" }, "s3:ListBucket", error);
}

describe("an error of AWS", () => {
  it("says which permission is missing", () => {
    const error = message({ name: "AccessDenied", message: "Access Denied", $metadata: { httpStatusCode: 403 } });

    expect(error.message).toBe(
      "acme: AWS does not let these credentials do s3:ListBucket: Access Denied. Allow it to them, or use others.",
    );
    expect(error).toMatchObject({ denied: true, hopeless: false });
  });

  it("names the permission that AWS names", () => {
    expect(
      message({
        name: "AccessDenied",
        message: "User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole on resource: x",
      }).action,
    ).toBe("sts:AssumeRole");
  });

  it.each([
    ["CredentialsProviderError", "acme: there are no AWS credentials."],
    ["ExpiredTokenException", "acme: the AWS credentials have expired (ExpiredTokenException)."],
    ["InvalidClientTokenId", "acme: AWS does not know these credentials (InvalidClientTokenId)."],
    ["ECONNREFUSED", "acme: AWS cannot be reached (ECONNREFUSED)."],
  ])("ends everything where no call can succeed: %s", (code, start) => {
    const error = message(code === "ECONNREFUSED" ? { code, message: "connect" } : { name: code, message: code });

    expect(error.message.startsWith(start)).toBe(true);
    expect(error).toMatchObject({ denied: false, hopeless: true });
  });

  it("passes on what else AWS says", () => {
    expect(message({ name: "InternalError", message: "try again" }).message).toBe(
      "acme: s3:ListBucket failed with InternalError: try again. Correct that, then repeat the command.",
    );
  });

  const none = { name: "CredentialsProviderError", message: "Could not load credentials from any providers" };

  it.each([
    [
      "gone",
      none,
      "there is no AWS profile `gone`, which AWS_PROFILE names; there are single, process, mfa, role, middle, helped, lost, circle, quoted, two words, ops. Correct AWS_PROFILE, or add it with `aws configure --profile gone`.",
    ],
    [
      "single",
      { ...none, message: "The SSO session token associated with profile=single was not found or is invalid." },
      "the SSO session of the AWS profile `single` has ended, or never began. Run `aws sso login --profile single`, then repeat the command.",
    ],
    [
      "single",
      { name: "UnauthorizedException", message: "Session token not found or invalid" },
      "the SSO session of the AWS profile `single` has ended, or never began. Run `aws sso login --profile single`, then repeat the command.",
    ],
    [
      "single",
      { name: "ExpiredToken", message: "expired" },
      "the AWS credentials have expired (ExpiredToken). Log in again, by `aws sso login --profile single`, then repeat the command.",
    ],
    [
      "process",
      none,
      "the `credential_process` of the AWS profile `process` gives no valid credentials. Run it by itself to see why; `aws configure get credential_process --profile process` shows it.",
    ],
    [
      "role",
      none,
      "the SSO session of the AWS profile `single` has ended, or never began. Run `aws sso login --profile single`, then repeat the command.",
    ],
    [
      "role",
      { name: "ExpiredToken", message: "expired" },
      "the AWS credentials have expired (ExpiredToken). Log in again, by `aws sso login --profile single`, then repeat the command.",
    ],
    [
      "helped",
      none,
      "the `credential_process` of the AWS profile `process` gives no valid credentials. Run it by itself to see why; `aws configure get credential_process --profile process` shows it.",
    ],
    [
      "lost",
      none,
      "there is no AWS profile `nowhere`, which `source_profile` of the profile `lost` names; there are single, process, mfa, role, middle, helped, lost, circle, quoted, two words, ops. Correct `source_profile` of the profile `lost`, or add it with `aws configure --profile nowhere`.",
    ],
    [
      "circle",
      none,
      "there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to those of account 123456789012; `aws sts get-caller-identity` shows whose they are.",
    ],
    [
      "quoted",
      none,
      "the SSO session of the AWS profile `quoted` has ended, or never began. Run `aws sso login --profile quoted`, then repeat the command.",
    ],
    [
      "two words",
      none,
      "the AWS profile `two words` has a name that the AWS SDK does not read. Give it one of letters, digits and _-@+.%:/ in AWS's files, and in what names it.",
    ],
    [
      "role",
      { ...none, message: "Profile role requires multi-factor authentication, but no MFA code callback was provided." },
      "the AWS profile `role` asks for an MFA code, which this command does not ask for. Log in by another tool, and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
    ],
    [
      "mfa",
      { ...none, message: "Profile mfa requires multi-factor authentication, but no MFA code callback was provided." },
      "the AWS profile `mfa` asks for an MFA code, which this command does not ask for. Log in by another tool, and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
    ],
    [
      "ops",
      none,
      "there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to those of account 123456789012; `aws sts get-caller-identity` shows whose they are.",
    ],
  ])("of credentials says what is wrong with the profile %s, and what to do: %j", (profile, error, expected) => {
    process.env.AWS_PROFILE = profile;

    expect(message(error).message).toBe(`acme: ${expected}`);
    expect(message(error).hopeless).toBe(true);
  });

  it.each([
    ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
    ["SignatureDoesNotMatch", "Signature expired: 20261126T220000Z is now earlier than 20261126T225500Z"],
    ["InvalidSignatureException", "Signature not yet current: 20261127T000000Z is still later than 20261126T230500Z"],
  ])("of a clock that is off says so: %s", (name, text) => {
    expect(message({ name, message: text, $metadata: { httpStatusCode: 403 } })).toMatchObject({
      message: `acme: the clock of this machine is off, and AWS takes requests within five minutes of its own (${name}). Set the clock, as with \`timedatectl set-ntp true\`, then repeat the command.`,
      hopeless: true,
      denied: false,
    });
  });

  it("of a region that the account has not enabled says so", () => {
    expect(message({ name: "OptInRequired", message: "You are not subscribed to this service" }).message).toBe(
      "acme: the region is not enabled in account 123456789012 (OptInRequired). Enable it, as with `aws account enable-region`, or correct `region`.",
    );
    expect(message({ name: "InvalidClientTokenId", message: "The security token is invalid" }).message).toMatch(
      /A region that is not enabled in the account knows none either\.$/,
    );
  });
});
