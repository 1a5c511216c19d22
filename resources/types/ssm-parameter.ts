import { conflict, found, notFound } from "../outcome";
import { type Alarm, credential, exposure } from "./alarm";
import { casesOfVersion, higherWholeNumber } from "./conditions";
import type { Use } from "./hcl";
import { loginOf } from "./mysql";
import { type Compared, resourceType } from "./resource-type";
import { existing } from "./rules";

export const ssmParameter = resourceType("aws_ssm_parameter", {
  holds: "the secret that it holds",
  uniqueName: { word: "parameter", argument: "name" },
  find: async ({ arguments: given }, { aws: { ssm } }) => {
    const name = String(given.name);
    const tags = () => ssm.tags(name);
    if (!(await ssm.hasParameter(name))) {
      return notFound;
    }
    return given.value_wo === undefined
      ? found(name, tags)
      : conflict(
          `${name} exists, and a random password would replace it. Set \`mysql.passwords.${name.split("/").at(-1)}.existing\` to true`,
          tags,
        );
  },
  alarms: {
    create: ({ after }, plan) => [
      after.value_wo_version != null &&
        existing(plan, "aws_db_instance").length > 0 &&
        credential`is a random password, which a MySQL user that exists already would get`,
      after.value_wo_version != null &&
        after.type !== "SecureString" &&
        exposure`is not encrypted: a password as ${after.type}`,
      otherValue({ before: {}, after }),
    ],
    update: ({ before, after }) => [
      before.type === "SecureString" && after.type !== "SecureString" && exposure`is no longer encrypted`,
      after.value_wo_version != null &&
        after.value_wo_version !== before.value_wo_version &&
        credential`gets another password`,
      otherValue({ before, after }),
    ],
  },
  adoption: { create: "the databases stack reads from it which passwords are deployed" },
  notes: {
    depends_on: "It lists what is deployed: the passwords first.",
    value_wo_version:
      "Raised by one, it makes a new password. Change no other argument without it: AWS would get an empty one.",
  },
  variables: [
    {
      // Of passwords that the client's stack makes.
      name: (owner) => `${owner}_password_version`,
      description: (owner) =>
        `Version of the password of the MySQL user ${owner} in SSM. Raised by one, it is another password; README.md says how the server gets it.`,
      validation: higherWholeNumber,
      cases: casesOfVersion,
      field: (owner) => `mysql.passwords.${owner}.version`,
      places: [
        { called: /^mysql_passwords_(.+)$/, path: "value_wo_version" },
        { called: /^mysql_passwords_versions()$/, path: "value", follows: true, made: withVersions },
        {
          of: "data.aws_ssm_parameters_by_path",
          path: "lifecycle.postcondition.condition",
          made: (text, use) =>
            String(text).replace(
              /(?<=\.)(\w+)(, 0\) == )(\d+)/,
              (_, owner, middle, version) => `${owner}${middle}${use(owner, Number(version))}`,
            ),
        },
        {
          of: "data.aws_ssm_parameters_by_path",
          path: "lifecycle.postcondition.error_message",
          made: (text, use) =>
            String(text).replace(
              /^Version (\d+) of the password of (\w+)/,
              (_, version, owner) => `Version \${${use(owner, Number(version))}} of the password of ${owner}`,
            ),
        },
        { of: "mysql_user", called: loginOf, path: "password_wo_version", follows: true },
      ],
    },
  ],
});

/** The one value that a stack writes says which versions of passwords are deployed. */
function otherValue({ before, after }: Compared): Alarm | false {
  const isOther = ["value", "insecure_value"].some(
    (name) => Boolean(after[name]) && after[name] !== before[name] && !isOfVersions(String(after[name])),
  );
  return (
    isOther &&
    credential`gets a value that no stack gives: whoever reads the parameter takes it, and the state has it in clear`
  );
}

function isOfVersions(value: string): boolean {
  return /^\{("\w+":\d+(,(?=")|(?=\})))*\}$/.test(value);
}

/** @param text JSON, the versions by MySQL user */
function withVersions(text: unknown, use: Use): string {
  const versions = Object.entries(JSON.parse(String(text)) as Record<string, number>);
  return `\${jsonencode({ ${versions.map(([owner, version]) => `${owner} = ${use(owner, version)}`).join(", ")} })}`;
}
