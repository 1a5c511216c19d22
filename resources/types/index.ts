import { alarms } from "./alarms";
import { backups } from "./backups";
import { dbInstance } from "./db-instance";
import { ec2Tag } from "./ec2-tag";
import { elasticIp } from "./elastic-ip";
import { elasticsearchDomain } from "./elasticsearch-domain";
import { generalUpdates, generalVariables, notesOnSources } from "./general";
import type { Variable } from "./hcl";
import { https } from "./https";
import { iamRole } from "./iam-role";
import { iamUser } from "./iam-user";
import { instance } from "./instance";
import { keyPair } from "./key-pair";
import { logs } from "./logs";
import { mysql } from "./mysql";
import type { ResourceType } from "./resource-type";
import { s3Bucket } from "./s3-bucket";
import { s3Object } from "./s3-object";
import { securityGroups } from "./security-groups";
import { ssmParameter } from "./ssm-parameter";
import { terraformData } from "./terraform-data";
import { vpc } from "./vpc";

/** Every type that a stack has resources of; in the order in which reasons and variables are read, what matters most first. */
export const resourceTypes: readonly ResourceType[] = [
  instance,
  ...securityGroups,
  ...dbInstance,
  elasticsearchDomain,
  ...elasticIp,
  ...https,
  ...iamUser,
  ...s3Bucket,
  s3Object,
  ...logs,
  ssmParameter,
  ...iamRole,
  keyPair,
  backups,
  ...alarms,
  ...mysql,
  ec2Tag,
  ...vpc,
  terraformData,
];

const byType = new Map(resourceTypes.map((known) => [known.type, known]));

/** What there is to know of a Terraform type; undefined of one that no stack has. */
export function resourceTypeOf(type: string): ResourceType | undefined {
  return byType.get(type);
}

/** Where a type stands in the order of reading; one that no stack has is first. */
export function order(type: string): number {
  return resourceTypes.findIndex((known) => known.type === type);
}

/** Why an adoption updates an attribute to a value; undefined where that is no part of one. */
export function reasonToUpdate(type: string, attribute: string, after: unknown): string | undefined {
  const reasons = [resourceTypeOf(type)?.adoption.update ?? {}, generalUpdates];
  // An attribute of anybody's may be called `constructor`.
  const reason = reasons.find((some) => Object.hasOwn(some, attribute))?.[attribute];
  return typeof reason === "function" ? reason(after) : reason;
}

/** What is to be said above an argument of a resource, a data source or an ephemeral resource. */
export function noteOn(
  { type, path }: { readonly type: string; readonly path: readonly string[] },
  value: unknown,
): readonly string[] {
  const note = (resourceTypeOf(type)?.notes ?? notesOnSources[type])?.[path.join(".")];
  const { text, value: only = value } = typeof note === "object" ? note : { text: note };
  return only === value && text !== undefined ? text.split("\n") : [];
}

/** What the HCL has variables of, in their order, with the type that each is declared with. */
export const hclVariables: readonly (readonly [type: string, variable: Variable])[] = [
  ...generalVariables.map((variable) => ["", variable] as const),
  ...resourceTypes.flatMap(({ type, variables = [] }) => variables.map((variable) => [type, variable] as const)),
];
