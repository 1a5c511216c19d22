import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan, Workspace } from "../harness/workspace";
import { equal, says } from "./equal";

/** A plan without a change. */
export const nothing: Plan = { created: [], updated: [], destroyed: [], replaced: [], removed: [] };

/** A value that a variable can take, and the resources that it changes. */
interface OtherValue {
  readonly value: unknown;
  readonly changes: readonly string[];
}

const database = ["aws_db_instance.database_1"];
const domain = ["aws_elasticsearch_domain.elasticsearch"];

/** Of each variable of the example a value that is not its default, but for the versions that have no later one. */
const otherValues = {
  tags: {
    value: { CostCentre: "7" },
    changes: [...database, ...domain, "aws_eip.analytics", "aws_s3_bucket.buckets_emr"],
  },
  director_instance_type: { value: "t3.medium", changes: ["aws_instance.director"] },
  analytics_1_instance_type: { value: "m5.large", changes: ["aws_instance.analytics_1"] },
  director_root_volume_size: { value: 9, changes: ["aws_instance.director"] },
  analytics_1_root_volume_size: { value: 60, changes: ["aws_instance.analytics_1"] },
  director_ssh_cidr: {
    value: "198.51.100.0/24",
    changes: ["aws_vpc_security_group_ingress_rule.director_ssh_from_203_0_113_0__24"],
  },
  web_cidr: {
    value: "192.0.2.0/24",
    changes: ["http", "https"].map((port) => `aws_vpc_security_group_ingress_rule.analytics_${port}_from_anywhere`),
  },
  database_1_instance_class: { value: "db.t3.large", changes: database },
  database_1_allocated_storage: { value: 30, changes: database },
  database_1_engine_version: { value: "8.0.42", changes: database },
  database_1_backup_retention_period: { value: 7, changes: database },
  elasticsearch_version: { value: "7.10", changes: [] },
  elasticsearch_instance_type: { value: "m5.large.elasticsearch", changes: domain },
  elasticsearch_volume_size: { value: 20, changes: domain },
  expire_after_days: {
    value: 30,
    changes: ["emr", "edxanalytics"].map((name) => `aws_s3_bucket_lifecycle_configuration.buckets_${name}`),
  },
  analytics_password_version: {
    value: 2,
    changes: ["aws_ssm_parameter.mysql_passwords_analytics", "aws_ssm_parameter.mysql_passwords_versions"],
  },
  edxapp_ro_password_version: {
    value: 2,
    changes: ["aws_ssm_parameter.mysql_passwords_edxapp_ro", "aws_ssm_parameter.mysql_passwords_versions"],
  },
  emr_release_label: { value: "emr-5.36.2", changes: [] },
} satisfies Record<string, OtherValue>;

const refusals = {
  tags: { value: '{Project="another"}', message: /Client, ManagedBy and Project are set in providers\.tf/ },
  director_instance_type: { value: "huge", message: /An EC2 instance type is required, as in t3\.medium\./ },
  analytics_1_instance_type: {
    value: "t4g.medium",
    message: /Graviton's, such as t4g\.medium, do not run the image\./,
  },
  director_root_volume_size: { value: "4", message: /A root volume of 8 to 16384 whole GiB is required/ },
  web_cidr: { value: "anywhere", message: /An IPv4 range in CIDR notation is required/ },
  database_1_engine_version: { value: "8.4", message: /For another version add an instance beside this one\./ },
  database_1_allocated_storage: { value: "19", message: /Storage of 20 or of 22 to 65536 whole GiB is required/ },
  elasticsearch_version: { value: "7.4", message: /any other change would replace the domain, and lose its index\./ },
  analytics_password_version: { value: "0", message: /1 or a higher whole number is required\./ },
};

/** Another value of every variable of the exported example is a plan that updates what the variable is of, and no more. */
export async function changesInPlace(hcl: Workspace): Promise<void> {
  const declared = readFileSync(join(hcl.folder, "variables.tf"), "utf8").matchAll(/^variable "(\w+)"/gm);
  equal("the variables", [...declared].map(([, name]) => name).sort(), Object.keys(otherValues).sort());
  const { tags, ...others } = otherValues;
  writeVariables(hcl, others);
  const changed = Object.values(others).flatMap(({ changes }) => changes);
  const plan = await hcl.plan();
  equal(
    "the plan",
    { ...plan, updated: [...plan.updated].sort() },
    { ...nothing, updated: [...new Set(changed)].sort() },
  );
  writeVariables(hcl, { tags });
  const { updated, ...rest } = await hcl.plan();
  equal("a plan of other tags", { ...rest, updated: [] }, nothing);
  equal(
    "what has no tag of it",
    tags.changes.filter((address) => !updated.includes(address)),
    [],
  );
}

/** Values that would replace something, or cannot be, are refused at plan. */
export async function refusesOthers(hcl: Workspace): Promise<void> {
  writeVariables(hcl, {});
  const refused = Object.entries(refusals).map(([name, { value }]) => `-var=${name}=${value}`);
  const { output } = await hcl.terraform(["plan", "-input=false", "-no-color", ...refused]);
  for (const { message } of Object.values(refusals)) {
    says(output.replaceAll(/\s*\n[│╷╵ ]*/g, " "), message);
  }
}

function writeVariables(hcl: Workspace, values: Readonly<Record<string, Pick<OtherValue, "value">>>): void {
  const lines = Object.entries(values).map(([name, { value }]) => `${name} = ${JSON.stringify(value)}\n`);
  writeFileSync(join(hcl.folder, "terraform.tfvars"), lines.join(""));
}
