import { synthesizePlain } from "../test/synth";
import { type MysqlPasswordOptions, MysqlPasswords } from "./mysql-passwords";

function passwords(options: Record<string, Partial<MysqlPasswordOptions>>) {
  return synthesizePlain((stack) => {
    new MysqlPasswords(stack, "Passwords", {
      passwords: Object.fromEntries(
        Object.entries(options).map(([login, given]) => [login, { parameterName: `/acme/${login}`, ...given }]),
      ),
      versionsParameterName: "/acme/versions",
    });
  });
}

/** Parameters by their names in SSM. */
function parameters({ resource }: ReturnType<typeof passwords>) {
  return Object.fromEntries(Object.values(resource.aws_ssm_parameter ?? {}).map((block) => [block.name, block]));
}

describe("MySQL passwords of a plain stack", () => {
  it("are random, write-only and of version 1", () => {
    const synthesised = passwords({ insights: {} });
    const [random] = Object.keys(synthesised.ephemeral?.aws_secretsmanager_random_password ?? {});

    expect(parameters(synthesised)["/acme/insights"]).toMatchObject({
      type: "SecureString",
      value_wo: `\${ephemeral.aws_secretsmanager_random_password.${random}.random_password}`,
      value_wo_version: 1,
    });
    expect(parameters(synthesised)["/acme/insights"]).not.toHaveProperty("value");
  });

  it("say which versions are deployed, once they are", () => {
    const synthesised = passwords({ insights: { version: 3 }, reader: {} });

    expect(parameters(synthesised)["/acme/versions"]).toMatchObject({
      type: "String",
      value: '{"insights":3,"reader":1}',
      depends_on: Object.keys(synthesised.resource.aws_ssm_parameter ?? {})
        .filter((name) => !name.includes("versions"))
        .map((name) => `aws_ssm_parameter.${name}`),
    });
  });

  it("that are the operator's are removed from the state, by the address that they had", () => {
    const before = passwords({ insights: {} });
    const [address] = Object.entries(before.resource.aws_ssm_parameter ?? {})
      .filter(([, { name }]) => name === "/acme/insights")
      .map(([name]) => `aws_ssm_parameter.${name}`);
    const after = passwords({ insights: { existing: true } });

    expect(Object.keys(parameters(after))).toEqual(["/acme/versions"]);
    expect(after).not.toHaveProperty("ephemeral");
    expect(after.removed).toEqual([[{ from: address, lifecycle: { destroy: false } }]]);
  });
});
