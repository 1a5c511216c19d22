import { elasticsearchServiceRole } from "../../modules/service-role-names";
import { asObject } from "./entries";
import type { Value } from "./hcl/value";
import { type NamedStack, resourcesOf } from "./named-stack";

/** Arguments by which data sources look up what others manage, and the types that look up no such thing. */
const identifying = ["id", "bucket", "db_instance_identifier", "url", "key_name", "user_name", "name"];
const ownOrComputed =
  /^(aws_iam_policy_document|aws_s3_objects|aws_eips|aws_ami|aws_caller_identity|aws_ssm_.*|mysql_.*)$/;

/** What the README says of things that the stack refers to and does not manage. */
export function usedOf(stack: NamedStack): string[] {
  const sources = Object.entries(asObject(stack.synthesised.data)).flatMap(([type, named]) =>
    ownOrComputed.test(type)
      ? []
      : Object.entries(asObject(named)).flatMap(([name, value]) => {
          const known = identityOf(asObject(value));
          return known === undefined ? [] : [`| \`data.${type}.${name}\` | ${known} |`];
        }),
  );
  const unmanaged = unmanagedBeside(stack);
  if (sources.length === 0 && unmanaged === "") {
    return [];
  }
  const table =
    sources.length === 0
      ? []
      : ["These exist, and are others' to manage:", ["| data source | |", "| --- | --- |", ...sources].join("\n")];
  return [
    "## Used, not managed",
    ...table,
    ...(usesServiceRole(stack) ? [serviceRoleOfOthers] : []),
    ...(unmanaged === "" ? [] : [unmanaged]),
  ];
}

/** Of what AWS itself uses there is no data source. */
function usesServiceRole(stack: NamedStack): boolean {
  const { aws_elasticsearch_domain: domains, aws_iam_service_linked_role: roles } = resourcesOf(stack);
  return roles === undefined && Object.values(asObject(domains)).some((domain) => "vpc_options" in asObject(domain));
}

const serviceRoleOfOthers = `The domain in the VPC needs the account's service-linked role \`${elasticsearchServiceRole.name}\`, which another owner manages: it
must not be deleted before the domain, nor can it be.`;

function identityOf(source: Readonly<Record<string, Value>>): string | undefined {
  if (source.default === true) {
    return "the default VPC of the region";
  }
  const found = identifying.flatMap((argument) => {
    const value = source[argument];
    return typeof value === "string" && !value.includes("${") ? [`\`${value}\``] : [];
  });
  return found[0];
}

/** What belongs to the deployment, and is in no state. */
function unmanagedBeside(stack: NamedStack): string {
  if (!("aws_instance" in resourcesOf(stack))) {
    return "";
  }
  const names = Object.values(asObject(resourcesOf(stack).aws_ssm_parameter)).map((value) => asObject(value).name);
  const [, folder] = /^(\/[^/]+\/[^/]+\/)/.exec(String(names[0])) ?? [];
  const parameters =
    folder === undefined
      ? ""
      : `, and parameters of SSM below \`${folder}\` that no file here names: secrets of Ansible's and the pipeline's configuration files`;
  return `In no state are the contents of databases and buckets, what Ansible has installed on the hosts${parameters}.`;
}
