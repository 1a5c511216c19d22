import example from "../clients/example";
import { synthesizeClient } from "../test/synth";

describe("MySQL passwords", () => {
  it("are random, and go from their source into SSM without a plan or state having seen them", () => {
    const { resource, ephemeral } = synthesizeClient();

    expect(ephemeral?.aws_secretsmanager_random_password?.mysql_passwords_analytics).toEqual({
      password_length: 32,
      exclude_punctuation: true,
    });
    expect(resource.aws_ssm_parameter?.mysql_passwords_analytics).toMatchObject({
      name: "/edx-analytics/example/mysql/analytics",
      type: "SecureString",
      value_wo: "${ephemeral.aws_secretsmanager_random_password.mysql_passwords_analytics.random_password}",
      value_wo_version: 1,
    });
    expect(resource.aws_ssm_parameter?.mysql_passwords_analytics).not.toHaveProperty("value");
    expect(resource.aws_ssm_parameter?.mysql_passwords_edxapp_ro).toMatchObject({
      name: "/edx-analytics/example/mysql/edxapp_ro",
      type: "SecureString",
      value_wo: "${ephemeral.aws_secretsmanager_random_password.mysql_passwords_edxapp_ro.random_password}",
    });
  });

  it("that the operator puts there are not made", () => {
    expect(Object.keys(synthesizeClient().resource.aws_ssm_parameter ?? {})).toEqual([
      "mysql_passwords_analytics",
      "mysql_passwords_edxapp_ro",
      "mysql_passwords_versions",
    ]);
  });

  it("that exist and stay are not made, and one that was made before is removed from the state, not deleted", () => {
    const { resource, ephemeral, removed } = synthesizeClient({
      mysql: { passwords: { analytics: { existing: true } } },
    });

    expect(Object.keys(resource.aws_ssm_parameter ?? {})).toEqual([
      "mysql_passwords_edxapp_ro",
      "mysql_passwords_versions",
    ]);
    expect(Object.keys(ephemeral?.aws_secretsmanager_random_password ?? {})).toEqual(["mysql_passwords_edxapp_ro"]);
    expect(resource.aws_ssm_parameter?.mysql_passwords_versions?.value).toBe('{"analytics":1,"edxapp_ro":1}');
    expect(removed).toEqual([[{ from: "aws_ssm_parameter.mysql_passwords_analytics", lifecycle: { destroy: false } }]]);
  });

  it("are removed from the state beside what else is", () => {
    const { removed } = synthesizeClient({
      mysql: { passwords: { analytics: { existing: true }, edxapp_ro: { existing: true } } },
      edxapp: {
        ...example.edxapp,
        gradesBucket: { ...example.edxapp.gradesBucket, access: "print" },
      },
    });

    expect(removed?.map(([{ from }]) => from).sort()).toEqual([
      "aws_s3_bucket_policy.grades_download_merged",
      "aws_ssm_parameter.mysql_passwords_analytics",
      "aws_ssm_parameter.mysql_passwords_edxapp_ro",
    ]);
  });

  it("are made anew with the version of the client file, which is noted after them", () => {
    const { resource } = synthesizeClient({ mysql: { passwords: { edxapp_ro: { version: 4 } } } });

    expect(resource.aws_ssm_parameter?.mysql_passwords_analytics?.value_wo_version).toBe(1);
    expect(resource.aws_ssm_parameter?.mysql_passwords_edxapp_ro?.value_wo_version).toBe(4);
    expect(resource.aws_ssm_parameter?.mysql_passwords_versions).toMatchObject({
      name: "/edx-analytics/example/mysql/versions/passwords",
      type: "String",
      value: '{"analytics":1,"edxapp_ro":4}',
      depends_on: ["aws_ssm_parameter.mysql_passwords_analytics", "aws_ssm_parameter.mysql_passwords_edxapp_ro"],
    });
  });
});
