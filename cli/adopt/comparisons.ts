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
  aws_iam_role: compareServiceRole,
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

/** EMR's roles have the managed policies that EMR's version of the day gave them. */
async function compareServiceRole({ described, draft, lookUp }: Comparison, resource: StackResource, id: string) {
  if (resource.address !== "aws_iam_role.emr_roles_service") {
    return;
  }
  const attached = await lookUp.aws.iam.attachedPolicies(id);
  if (attached.some(({ PolicyName }) => PolicyName === "AmazonEMRServicePolicy_v2")) {
    draft.compare("emr.servicePolicy", described.emr.servicePolicy, "v2", `as the role ${id} has it`);
  }
}
