import { type Attributes, blocks } from "../attributes";
import { found } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, availability, exposure, permission } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { existing, isLeft } from "./rules";

export const dbParameterGroup = resourceType("aws_db_parameter_group", {
  holds: undefined,
  uniqueName: { word: "parameter group", argument: "name" },
  find: async ({ arguments: { name } }, { aws: { rds } }) => {
    const existing = await rds.parameterGroup(String(name));
    return found(existing && String(name), () => rds.tags(existing?.DBParameterGroupArn ?? ""));
  },
  alarms: {
    create: (change) => [
      allowsClear(change.after) && exposure`accepts MySQL without TLS: require_secure_transport is off`,
      parameter(change.after, "character_set_server") === "" &&
        availability`does not set character_set_server: databases are not of utf8, as the pipeline's tables have to be`,
      parameter(change.after, "tls_version") !== "" &&
        oldestTls(change.after) < 2 &&
        exposure`accepts TLS older than 1.2: ${parameter(change.after, "tls_version")}`,
      ...otherParameters(change),
    ],
    update: ({ before, after }) => [
      ...otherParameters({ before, after }),
      requiresTls(before) &&
        !requiresTls(after) &&
        exposure`accepts MySQL without TLS again: require_secure_transport is off`,
      oldestTls(after) < oldestTls(before) &&
        exposure`accepts older TLS again: ${parameter(after, "tls_version") || "the server's default"} in the place of ${parameter(before, "tls_version")}`,
    ],
  },
  adoption: { create: "the server's character set is utf8, as the runbook's databases are made in" },
  notes: {
    "lifecycle.create_before_destroy":
      "A new engine is a new group, which the instance moves to before the old one can go.",
  },
});

/** Of the character set, which is all that stacks set, and of TLS, which has alarms of its own. */
const harmless = /^(character_set_\w+|collation_\w+|require_secure_transport|tls_version)$/;

/** Parameters that no stack sets: some run SQL for each login, write passwords into logs, or let files in and out. */
function otherParameters({ before, after }: Compared): readonly (Alarm | false)[] {
  const [had, gets] = [before, after].map(others) as [ReadonlyMap<string, string>, ReadonlyMap<string, string>];
  return [
    ...[...gets]
      .filter(([name, value]) => had.get(name) !== value)
      .map(([name, value]) => permission`sets ${name} to ${value}, a parameter that no stack sets`),
    ...[...had]
      .filter(([name]) => !gets.has(name))
      .map(([name, value]) => availability`no longer sets ${name}, which is ${value}`),
  ];
}

function others({ parameter: all }: Attributes): ReadonlyMap<string, string> {
  const named = blocks(all).map(({ name, value }) => [String(name).toLowerCase(), String(value)] as const);
  return new Map(named.filter(([name]) => !harmless.test(name)));
}

/** An instance that moves from a group which requires TLS to one that does not, or that is not in the plan. */
export function losesTls({ before, after }: Compared, plan: Plan): Alarm | false {
  const [had, gets] = [before.parameter_group_name, after.parameter_group_name];
  const required = existing(plan, "aws_db_parameter_group").some(
    (group) => group.before.name === had && requiresTls(group.before),
  );
  return (
    required &&
    had !== gets &&
    !isLeft(plan, "aws_db_parameter_group", (group) => group.name === gets && requiresTls(group)) &&
    exposure`no longer has the parameter group ${had}, which requires TLS: ${gets} may accept MySQL without it`
  );
}

function requiresTls(group: Attributes): boolean {
  return /^(1|on)$/i.test(parameter(group, "require_secure_transport"));
}

function allowsClear(group: Attributes): boolean {
  return /^(0|off)$/i.test(parameter(group, "require_secure_transport"));
}

/** The minor number of the oldest version that a group accepts; where it does not say, the server decides, and takes any. */
function oldestTls(group: Attributes): number {
  const versions = [...parameter(group, "tls_version").matchAll(/TLSv1(?:\.(\d))?/gi)].map(([, minor = "0"]) =>
    Number(minor),
  );
  return versions.length === 0 ? 0 : Math.min(...versions);
}

/** AWS knows names of parameters in whatever case. */
function parameter({ parameter: all }: Attributes, name: string): string {
  return String(blocks(all).find((one) => String(one.name).toLowerCase() === name)?.value ?? "");
}
