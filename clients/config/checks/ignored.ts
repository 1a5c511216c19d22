import { type Problem, problem } from "../problem";
import { unusedNames } from "../resolve";
import { check } from "./check";
import { namesStandOn } from "./names";

/** Settings that have no effect beside another one: an operator who wrote them would believe in them. */
const ignored: readonly {
  /** Path of the setting that decides. */
  readonly beside: string;
  /**
   * The value that it has to have.
   * @default - any
   */
  readonly is?: string;
  /** Paths of those that have no effect then. */
  readonly fields: readonly string[];
}[] = [
  {
    beside: "director.existingSecurityGroupId",
    fields: [
      ...[
        "keyPair",
        "sshFrom",
        "instanceType",
        "diskGiB",
        "diskType",
        "diskEncrypted",
        "additionalSecurityGroupIds",
        "ami",
        "protected",
      ].map((field) => `director.${field}`),
      "securityGroupDescriptions.director",
    ],
  },
  {
    beside: "edxapp.database.identifier",
    fields: ["edxapp.database.address", "edxapp.database.port", "edxapp.database.securityGroupIds"],
  },
  { beside: "edxapp.database.access", is: "print", fields: ["edxapp.database.ruleSecurityGroupId"] },
  { beside: "existingSecurityGroups.analytics", fields: ["securityGroupDescriptions.analytics"] },
  { beside: "existingSecurityGroups.emrRds", fields: ["securityGroupDescriptions.emrRds"] },
  {
    beside: "emr.securityGroups",
    is: "existing",
    fields: ["securityGroupDescriptions.emrMaster", "securityGroupDescriptions.emrSlave"],
  },
  {
    beside: "sharing",
    is: "shared-stack",
    fields: ["securityGroupDescriptions.emrMaster", "securityGroupDescriptions.emrSlave"],
  },
];

/** @param input a client's file as it was written: a default is nobody's belief */
export function ignoredSettings(input: object): Problem[] {
  return ignored.flatMap(({ beside, is, fields }) => {
    const decides = at(input, beside);
    return decides === undefined || (is !== undefined && decides !== is)
      ? []
      : fields.flatMap((field) => {
          const found = at(input, field);
          const other = is === undefined ? `\`${beside}\`` : `\`${beside}: "${is}"\``;
          return found === undefined
            ? []
            : [problem(field, found, `it has no effect beside ${other}`, "Remove the one that is not meant")];
        });
  });
}

/** Names of what the client does not make. */
export const ignoredNames = check(namesStandOn, (client) =>
  [...unusedNames(client)].flatMap(([key, by]) => {
    const found = client.names[key];
    return found === undefined
      ? []
      : [problem(`names.${key}`, found, `it has no effect ${by}`, "Remove it, or have the client make what it names")];
  }),
);

function at(input: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), input);
}
