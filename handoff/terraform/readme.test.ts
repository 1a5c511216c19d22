import { deployedWith } from "./deployed-with";
import { readmeOf } from "./readme";

describe("credentials, as a README asks for them", () => {
  const role = "arn:aws:iam::123456789012:role/deploy";
  const readme = (stateAccount: string, provider: object, backend: object = {}) =>
    // Where lines break is of no matter here.
    readmeOf(
      {
        name: "acme",
        deployed: deployedWith("aws"),
        synthesised: {
          terraform: { backend: { s3: { allowed_account_ids: [stateAccount], ...backend } } },
          provider: { aws: [{ allowed_account_ids: ["123456789012"], ...provider }] },
          resource: { aws_iam_access_key: { reports: { pgp_key: "keybase:acme" } } },
        },
      },
      [],
      undefined,
      "",
      [],
    ).replaceAll(/\s+/g, " ");

  it("are of the account, or of whoever may assume the role", () => {
    expect(readme("123456789012", {})).toContain("credentials of account 123456789012:");
    expect(
      readme("123456789012", { assume_role: [{ role_arn: role }] }, { assume_role: { role_arn: role } }),
    ).toContain(`credentials that may assume \`${role}\`:`);
  });

  it("reach a state in another account, which the role does not", () => {
    expect(readme("999988887777", { assume_role: [{ role_arn: role }] })).toContain(
      "role/deploy`, and themselves read and write the state in account 999988887777:",
    );
  });

  it("are no access keys in clear, where a PGP key encrypts them", () => {
    expect(readme("123456789012", {})).toContain("encrypted with a PGP key");
  });
});
