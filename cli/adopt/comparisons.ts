import { awsInstancePolicy } from "../../modules/emr-roles";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { compareDatabase } from "./compare-database";
import { compareDomain } from "./compare-domain";
import { compareExpiration } from "./compare-expiration";
import { compareGroups } from "./compare-groups";
import { compareHost } from "./compare-host";
import { type Compare, type Comparison, comparing, replaced } from "./comparison";

/** What has fields in the client file, by Terraform's type. */
const comparisons: Readonly<Record<string, Compare>> = {
  aws_security_group: compareDescription,
  aws_instance: comparing(({ ec2 }, id) => ec2.instance(id), compareHost),
  aws_db_instance: comparing(({ rds }, id) => rds.instance(id), compareDatabase),
  aws_elasticsearch_domain: comparing(({ elasticsearch }, id) => elasticsearch.domain(id), compareDomain),
  aws_iam_role: compareEmrRole,
};

/** Compares what was found with what the stack would make of it, as far as a field of the client file decides on it. */
export async function compareAll(comparison: Comparison): Promise<void> {
  const { lookUp } = comparison;
  for (const resource of lookUp.resources.all()) {
    const id = await lookUp.foundId(resource.address);
    if (id !== undefined) {
      await comparisons[resource.type]?.(comparison, resource, id);
    }
  }
  // Once it is known whether all are in `default`.
  await compareGroups(comparison);
  await compareExpiration(comparison);
}

async function compareDescription({ draft, lookUp, conflict }: Comparison, resource: StackResource, id: string) {
  const vpcId = (await lookUp.text(resource, "vpc_id")) as string;
  const group = await lookUp.aws.ec2.group(vpcId, resource.arguments.name as string);
  const field = fieldOf(resource.address);
  if (field !== "") {
    draft.compare(
      `${field}.description`,
      resource.arguments.description,
      group?.Description,
      `as the group ${group?.GroupName} has it`,
      replaced,
    );
  } else if (group?.Description !== resource.arguments.description) {
    conflict(resource.address, `${id} is described otherwise, which AWS cannot change. Rename or remove it`);
  }
}

/** Managed policies that EMR's version of the day gave its roles, and what the client file says of them, by the role's address. */
const emrPolicies: Readonly<
  Record<string, readonly [field: "servicePolicy" | "instancePolicy", value: string, policy: string]>
> = {
  "aws_iam_role.emr_roles_service": ["servicePolicy", "v2", "AmazonEMRServicePolicy_v2"],
  "aws_iam_role.emr_roles_ec2": ["instancePolicy", awsInstancePolicy, awsInstancePolicy],
};

async function compareEmrRole({ described, draft, lookUp }: Comparison, resource: StackResource, id: string) {
  const [field, value, policy] = emrPolicies[resource.address] ?? [];
  if (field === undefined) {
    return;
  }
  const attached = await lookUp.aws.iam.attachedPolicies(id);
  if (attached.some(({ PolicyName }) => PolicyName === policy)) {
    draft.compare(`emr.${field}`, described.emr[field], value, `as the role ${id} has it`);
  }
}
