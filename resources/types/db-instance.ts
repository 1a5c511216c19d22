import { majorMinor } from "../../config/compare-versions";
import { limits } from "../../config/schema/limits";
import { type Attributes, texts } from "../attributes";
import { found } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access, availability, credential, data, exposure } from "./alarm";
import { between, casesBetween, matches } from "./conditions";
import { dbParameterGroup, losesTls } from "./db-parameter-group";
import { anotherKey, whatExists } from "./kms-keys";
import { type Compared, resourceType } from "./resource-type";
import {
  existing,
  isLeft,
  loses,
  neverProtected,
  onlyTo,
  readResources,
  turnsOff,
  turnsOn,
  unprotected,
} from "./rules";
import { otherGroups } from "./security-groups";

const days = limits.backupRetentionDays;

const maintained = "as in the client file; RDS changes it in the next maintenance window, and may reboot for it";
const inMaintenanceWindow = "RDS changes it in the next maintenance window, until which plans go on showing it.";
const notInTheFile = "not in the client file";

export const dbInstance = [
  resourceType("aws_db_instance", {
    holds: "its databases",
    uniqueName: { word: "RDS", argument: "identifier" },
    find: async ({ arguments: { identifier } }, { aws: { rds } }) => {
      const existing = await rds.instance(String(identifier));
      return found(existing && String(identifier), async () => existing?.TagList ?? []);
    },
    alarms: {
      opens: ({ publicly_accessible: open }) => (open === true ? ["the database, by a public address"] : []),
      create: (change, plan) => [
        ...copied.map(
          (name) =>
            Boolean(change.after[name]) &&
            !(Array.isArray(change.after[name]) && change.after[name].length === 0) &&
            exposure`is made of the data of another database: ${`${name} ${textOfValue(change.after[name])}`}`,
        ),
        change.after.backup_retention_period === 0 && data`has no automated backups`,
        change.after.deletion_protection !== true && neverProtected,
        leavesNoSnapshot(change),
        change.after.auto_minor_version_upgrade === true && upgradesItself,
        change.after.storage_encrypted !== true && exposure`is not encrypted: storage_encrypted is off`,
        ...otherGroups(change, plan),
        ...otherSubnetGroup(change, plan),
      ],
      update: (change, plan) => [
        anotherVersion(change),
        anotherKey(change, ({ kms_key_id }) => kms_key_id),
        fewerBackups(change),
        leavesNoSnapshot(change),
        turnsOn(change, "delete_automated_backups") && data`takes its automated backups with it when it is destroyed`,
        turnsOff(change, "deletion_protection") && unprotected,
        ...otherGroups(change, plan),
        turnsOff(change, "publicly_accessible") && access`loses its public address, and whoever comes that way`,
        turnsOff(change, "manage_master_user_password") &&
          credential`is no longer given its master password by RDS, which deletes the secret`,
        anotherMasterPassword(change) && credential`gets another master password`,
        !isKnownGroup(change.before.parameter_group_name, plan) &&
          loses(
            change,
            "parameter_group_name",
            (name) => availability`loses what is set in the parameter group ${name}`,
          ),
        losesTls(change, plan),
        loses(
          change,
          "identifier",
          (name) =>
            access`is renamed from ${name} to ${change.after.identifier}, and so is its address: who has the former one loses it`,
        ),
        loses(
          change,
          "db_subnet_group_name",
          (name) => access`moves to the subnets of ${change.after.db_subnet_group_name}, and leaves those of ${name}`,
        ),
        turnsOff(change, "iam_database_authentication_enabled") && access`no longer lets in those who sign in with IAM`,
        turnsOff(change, "multi_az") && availability`loses its standby, Multi-AZ`,
        Number(change.after.max_allocated_storage ?? 0) < Number(change.before.max_allocated_storage ?? 0) &&
          availability`no longer grows by itself, up to ${change.before.max_allocated_storage} GiB`,
      ],
    },
    adoption: {
      create: "the deployment has no such database",
      update: {
        instance_class: maintained,
        allocated_storage: maintained,
        storage_type: maintained,
        backup_retention_period: maintained,
        backup_window: maintained,
        maintenance_window: maintained,
        auto_minor_version_upgrade: onlyTo(false, "RDS changes the engine when the client file says so"),
        copy_tags_to_snapshot: onlyTo(true, "snapshots are found by the same tags"),
        deletion_protection: onlyTo(true, "`protected`: nobody deletes the instance by mistake"),
        parameter_group_name:
          "a parameter group of its own, for utf8; RDS uses it from the next reboot on, which Terraform does not cause",
        publicly_accessible: onlyTo(false, "the database has no public address; clients outside of the VPC lose it"),
        multi_az: (after) => (after === true ? "a standby, as in the client file" : "one instance; the standby goes"),
        max_allocated_storage: "as in the client file, which says how much there is and up to what it grows",
        performance_insights_enabled: onlyTo(false, notInTheFile),
        performance_insights_retention_period: notInTheFile,
        monitoring_interval: onlyTo(0, "enhanced monitoring is not in the client file"),
        enabled_cloudwatch_logs_exports: onlyTo(null, "log exports are not in the client file"),
        manage_master_user_password: onlyTo(true, "RDS manages the master password"),
        vpc_security_group_ids: "the groups that the client file gives it",
      },
    },
    notes: {
      "lifecycle.ignore_changes":
        "Decided when the instance is created. AWS does not tell what it was created from, so an imported one would be replaced.",
      kms_key_id: whatExists,
      snapshot_identifier: "What the instance is created from; without effect once it exists.",
      restore_to_point_in_time: "What the instance is created from; without effect once it exists.",
    },
    variables: [
      {
        name: (owner) => `${owner}_instance_class`,
        description: (owner) => `RDS instance class of aws_db_instance.${owner}. ${inMaintenanceWindow}`,
        validation: (variable) => [
          matches(variable, "^db\\.[a-z][a-z0-9-]*\\.[a-z0-9]+$"),
          "An RDS instance class is required, as in db.t3.medium.",
        ],
        cases: () => ({ accepts: ["db.t3.large"], refuses: ["t3.large", "db.large"] }),
        field: () => ".instanceClass",
        places: [{ path: "instance_class" }],
      },
      {
        name: (owner) => `${owner}_allocated_storage`,
        description: (owner) =>
          `Storage of aws_db_instance.${owner}, GiB. It can grow, by a tenth or more at a time, and not shrink. ${inMaintenanceWindow}`,
        validation: (variable, value) => {
          const { min, max } = grown(value);
          return [
            `${variable} == ${value} || (${between(variable, { min, max })})`,
            `Storage of ${value} or of ${min} to ${max} whole GiB is required: RDS lets it grow by a tenth or more, and not shrink.`,
          ];
        },
        cases: (value) => {
          const { min, max } = grown(value);
          const tooLittle = min - 1 > Number(value) ? [min - 1] : [];
          return { accepts: [max, min, value], refuses: [Number(value) - 1, max + 1, min + 0.5, ...tooLittle] };
        },
        field: () => ".storageGiB",
        places: [{ path: "allocated_storage" }],
      },
      {
        name: (owner) => `${owner}_engine_version`,
        description: (owner, value) =>
          `MySQL version of aws_db_instance.${owner}: ${majorMinor(String(value))}, with or without a patch number. ${inMaintenanceWindow} Another version is a new instance beside this one.`,
        validation: (variable, value) => {
          const version = majorMinor(String(value));
          return [
            matches(variable, `^${version.replace(".", "\\.")}(\\.\\d+(-rds\\.\\d{8})?)?$`),
            `${version} is required, or a patch of it such as ${version}.44. For another version add an instance beside this one.`,
          ];
        },
        cases: (value) => {
          const version = majorMinor(String(value));
          return { accepts: [`${version}.44`, version], refuses: ["9.0", `${version}1`, "latest"] };
        },
        field: () => ".engineVersion",
        places: [{ path: "engine_version" }],
      },
      {
        name: (owner) => `${owner}_backup_retention_period`,
        description: (owner) => `Automated backups of aws_db_instance.${owner}, days.`,
        validation: (variable) => [
          between(variable, days),
          `RDS keeps automated backups for ${days.min} to ${days.max} whole days.`,
        ],
        cases: () => casesBetween(days),
        field: () => "database.backupRetentionDays",
        places: [{ path: "backup_retention_period" }],
      },
    ],
  }),
  dbParameterGroup,
  resourceType("aws_db_subnet_group", {
    holds: undefined,
    uniqueName: { word: "subnet group", argument: "name" },
    find: async ({ arguments: { name } }, { aws: { rds } }) => {
      const existing = await rds.subnetGroup(String(name));
      return found(existing && String(name), () => rds.tags(existing?.DBSubnetGroupArn ?? ""));
    },
    alarms: { update: otherSubnets },
    adoption: { create: "the subnets of databases that are made later" },
  }),
];

/** The subnets that databases may be moved to, which decide who routes to them and where a standby can be. */
function otherSubnets({ before, after }: Compared, plan: Plan): Alarm[] {
  const [had, gets] = [texts(before.subnet_ids), texts(after.subnet_ids)];
  const own = [
    ...existing(plan, "aws_subnet").map((subnet) => subnet.before),
    ...readResources(plan)
      .filter(({ mode, type }) => mode === "data" && type === "aws_subnet")
      .map(({ values }) => values),
  ].map(({ id }) => id);
  return [
    ...had.filter((id) => !gets.includes(id)).map((id) => availability`loses the subnet ${id}, and databases its zone`),
    ...gets
      .filter((id) => !had.includes(id) && !own.includes(id))
      .map((id) => exposure`has databases in the subnet ${id}, which the plan does not read`),
  ];
}

/** A new database in the subnets of another owner. */
function otherSubnetGroup({ after: { db_subnet_group_name: name } }: Compared, plan: Plan): (Alarm | false)[] {
  return [
    typeof name === "string" &&
      !isLeft(plan, "aws_db_subnet_group", (group) => group.name === name) &&
      exposure`is in the subnets of ${name}, which the plan does not have`,
  ];
}

/** What storage can become beside what it is. */
function grown(value: unknown): { readonly min: number; readonly max: number } {
  // In whole numbers: 20 * 1.1 is a little more than 22.
  return { min: Math.ceil((Number(value) * 11) / 10), max: limits.databaseStorageGiB.max };
}

/** Arguments that fill a new instance with what another one holds. */
const copied = ["replicate_source_db", "snapshot_identifier", "restore_to_point_in_time", "s3_import"];

const upgradesItself = availability`is upgraded by RDS when RDS decides: auto_minor_version_upgrade is on`;

function leavesNoSnapshot(change: Compared): Alarm | false {
  return turnsOn(change, "skip_final_snapshot") && data`leaves no snapshot behind when it is destroyed`;
}

function textOfValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a parameter group is one of AWS's defaults, or the stack's, whose own changes say what is set. */
function isKnownGroup(name: unknown, plan: Plan): boolean {
  return (
    String(name ?? "default.").startsWith("default.") ||
    existing(plan, "aws_db_parameter_group").some(({ before }) => before.name === name)
  );
}

function anotherVersion({ before, after }: Compared): Alarm | false {
  // Of an import, the configuration may have written less of the version than RDS runs.
  const [had, gets] = [before, after].map(({ engine_version: version }: Attributes) =>
    majorMinor(String(version ?? "")),
  );
  return (
    had !== "" &&
    gets !== had &&
    data`is upgraded in place from ${had} to ${gets}, and only a snapshot of before leads back`
  );
}

function fewerBackups({ before, after }: Compared): Alarm | false {
  const [had, gets] = [before, after].map(({ backup_retention_period: days }: Attributes) => Number(days ?? 0)) as [
    number,
    number,
  ];
  if (gets >= had) {
    return false;
  }
  return gets === 0
    ? data`deletes its automated backups`
    : data`keeps automated backups ${String(gets)} days, and no longer ${String(had)}`;
}

function anotherMasterPassword({ before, after }: Compared): boolean {
  // An import knows the secret in which RDS keeps the password, and not that RDS manages it.
  const isManaged = texts(before.master_user_secret).length > 0;
  return ["manage_master_user_password", "password", "password_wo_version"].some(
    (name) =>
      after[name] != null &&
      after[name] !== before[name] &&
      !(name === "manage_master_user_password" && after[name] === true && isManaged),
  );
}
