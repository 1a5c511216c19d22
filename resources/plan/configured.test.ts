import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bothHave, verdicts } from "../../test/plan-verdicts";
import { readTypes } from "./reads";

const snapshots = join(__dirname, "..", "..", "__snapshots__");
const own = "123456789012";
const quiet = { region: "eu-west-1", default_tags: [{}], allowed_account_ids: [own] };

/** A plan that changes nothing, of one provider's arguments. */
const configured = (key: string, given: Readonly<Record<string, unknown>>, more: object = {}) => ({
  format_version: "1.2",
  resource_changes: [],
  configuration: {
    provider_config: {
      [key]: {
        name: key.split(".")[0],
        ...more,
        expressions: Object.fromEntries(
          Object.entries(given).map(([name, value]) => [name, { constant_value: value }]),
        ),
      },
    },
  },
});
const assuming = (role: string) => {
  const plan = configured("aws", quiet);
  const { aws } = plan.configuration.provider_config as Record<string, { expressions: Record<string, unknown> }>;
  Object.assign(aws?.expressions ?? {}, { assume_role: [{ role_arn: { constant_value: role } }] });
  return plan;
};
/** A plan that changes nothing, and reads something. */
const reading = (mode: string, type: string) => ({
  format_version: "1.2",
  resource_changes: [],
  configuration: { root_module: { resources: [{ address: `${mode}.${type}.one`, mode, type }] } },
});

describe("plan-summary and adopt --plan, on what nothing changes for", () => {
  it.each<[string, object, string]>([
    ["a provider without TLS", configured("aws", { ...quiet, insecure: true }), "has the argument insecure"],
    ["a proxy", configured("aws", { ...quiet, http_proxy: "http://x.example" }), "has the argument http_proxy"],
    ["another endpoint", configured("aws", { ...quiet, endpoints: [{}] }), "has the argument endpoints"],
    [
      "another argument of MySQL",
      configured("mysql.a", { endpoint: "forgotten.invalid:3306", iam_database_authentication: true }),
      "has the argument iam_database_authentication",
    ],
    ["one provider more", configured("aws.other", quiet, { alias: "other" }), "is one more for AWS"],
    [
      "a provider of somebody else",
      configured("aws", quiet, { full_name: "x.example/acme/aws" }),
      "is none that a stack",
    ],
    ["a provider that no stack has", configured("external", {}), "the provider external is none that a stack"],
    [
      "two accounts",
      configured("aws", { ...quiet, allowed_account_ids: [own, "999999999999"] }),
      "may work in several accounts: 123456789012, 999999999999",
    ],
    ["no account", configured("aws", { region: "eu-west-1" }), "does not say in which account it may work"],
    [
      "a role of another account",
      assuming("arn:aws:iam::999999999999:role/x"),
      "assumes the role arn:aws:iam::999999999999:role/x, which is not of this account",
    ],
    ["a program", reading("data", "external"), "data.external.one is of the type external, which no stack"],
    ["a function", reading("data", "aws_lambda_invocation"), "of the type aws_lambda_invocation, which no stack"],
    ["an ephemeral function", reading("ephemeral", "aws_lambda_invocation"), "it may run programs"],
    [
      "a function, read by the apply",
      {
        format_version: "1.2",
        resource_changes: [
          {
            address: "data.aws_lambda_invocation.x",
            mode: "data",
            type: "aws_lambda_invocation",
            change: { actions: ["read"] },
          },
        ],
      },
      "data.aws_lambda_invocation.x is of the type aws_lambda_invocation",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it("a role of the same account has no alarm", async () => {
    expect((await verdicts(assuming(`arn:aws:iam::${own}:role/deploy`))).summary.status).toBe(0);
  });

  it("knows all that the shipped stacks read", () => {
    const read = readdirSync(snapshots).flatMap((file) => {
      const { data = {}, ephemeral = {} } = JSON.parse(readFileSync(join(snapshots, file), "utf8"));
      return [...Object.keys(data), ...Object.keys(ephemeral)];
    });
    expect(readTypes).toEqual(expect.arrayContaining(read));
  });
});
