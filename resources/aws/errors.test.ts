import { AwsError } from "./errors";

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
});
