import type { Aws } from "../../resources/aws/aws";
import { clientOf } from "../../test/client-files";
import { admissionOf, refusalOf } from "./admission";

const bucket = "example-terraform-state";
const accountId = "123456789012";
const ssoName = "AWSReservedSSO_Operator_0123456789abcdef";
const ssoRole = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${ssoName}`;
const ssoSession = `arn:aws:sts::${accountId}:assumed-role/${ssoName}/me@example.org`;
const instance = `arn:aws:sts::${accountId}:assumed-role/runner/i-0123456789abcdef0`;

const role = jest.fn(async (name: string) => ({
  Arn: name === ssoName ? ssoRole : `arn:aws:iam::${accountId}:role/${name}`,
}));
const aws = { iam: { role } } as unknown as Aws;

/** Why the example's bucket would refuse a caller, with a list of deployers or none. */
function refusal(arn: string, ...deployers: string[]): Promise<string | undefined> {
  const client = clientOf({ state: { bucket, ...(deployers.length > 0 && { deployers }) } });
  return refusalOf(admissionOf([client]), { accountId, arn }, aws);
}

beforeEach(() => {
  role.mockClear();
});

describe("the caller who is about to write the policy", () => {
  it.each([
    ["a user", `arn:aws:iam::${accountId}:user/people/operator`],
    ["the root user", `arn:aws:iam::${accountId}:root`],
    ["a session of IAM Identity Center", ssoSession],
    ["a session of a role", `arn:aws:sts::${accountId}:assumed-role/deploy/edx-analytics-example`],
  ])("goes on as %s, and nothing is asked of IAM", async (_, arn) => {
    expect(await refusal(arn)).toBeUndefined();
    expect(role).not.toHaveBeenCalled();
  });

  it("does not go on as an instance", async () => {
    expect(await refusal(instance)).toMatch(/^are an EC2 instance's, which its policy refuses\./);
  });

  it.each(["example-edxanalytics", "EMR_EC2_DefaultRole", "olive-EMR_EC2_DefaultRole"])(
    "does not go on with the role %s",
    async (name) => {
      expect(await refusal(`arn:aws:sts::${accountId}:assumed-role/${name}/me`)).toBe(
        `are of arn:aws:iam::${accountId}:role/${name}, a role of what a client runs, which its policy refuses. Take a person's or CI's`,
      );
    },
  );
});

it("the role of hosts that Session Manager reaches, or did, is of what a client runs", () => {
  const named = (sessionManager?: boolean) =>
    admissionOf([clientOf({ sessionManager })]).clientRoles.filter((arn) => arn.endsWith("/example-session-manager"));

  expect(named(true)).toHaveLength(1);
  expect(named(false)).toHaveLength(1);
  expect(named()).toEqual([]);
});

describe("the caller beside a list of deployers", () => {
  const user = `arn:aws:iam::${accountId}:user/operator`;

  it.each([
    ["a listed user", user, user],
    ["a session whose role is listed with its path", ssoSession, ssoRole.replace("0123456789abcdef", "*")],
    ["an instance whose role is listed", instance, `arn:aws:iam::${accountId}:role/runner`],
  ])("goes on as %s", async (_, arn, deployer) => {
    expect(await refusal(arn, deployer)).toBeUndefined();
  });

  it.each([
    ["a user who is not listed", `${user}2`, `${user}2`, user],
    [
      "a session whose role is listed without its path",
      ssoSession,
      ssoRole,
      `arn:aws:iam::${accountId}:role/AWSReservedSSO_Operator_*`,
    ],
    ["the root user", `arn:aws:iam::${accountId}:root`, `arn:aws:iam::${accountId}:root`, user],
  ])("does not go on as %s", async (_, arn, principal, deployer) => {
    expect(await refusal(arn, deployer)).toBe(
      `are of ${principal}, which is not among \`state.deployers\`. Add it, or take another's`,
    );
  });

  it("does not go on as a session whose role cannot be looked up", async () => {
    role.mockRejectedValueOnce(new Error("these credentials lack iam:GetRole"));

    await expect(refusal(ssoSession, ssoRole)).rejects.toThrow("iam:GetRole");
  });
});
