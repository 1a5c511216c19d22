import type { Aws } from "../../resources/aws/aws";
import { type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";

/** Of what is counted, Terraform's type, its quota, and what there is of it. */
const quotas: readonly {
  readonly name: string;
  readonly type: string;
  /** https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html lists the codes. */
  readonly quota: readonly [service: string, code: string];
  readonly existing: (aws: Aws) => Promise<readonly unknown[]>;
}[] = [
  { name: "Elastic IPs", type: "aws_eip", quota: ["ec2", "L-0263D0A3"], existing: ({ ec2 }) => ec2.addresses() },
  { name: "VPCs", type: "aws_vpc", quota: ["vpc", "L-F678F1CE"], existing: ({ ec2 }) => ec2.vpcs() },
  {
    name: "RDS instances",
    type: "aws_db_instance",
    quota: ["rds", "L-7B6409FD"],
    existing: ({ rds }) => rds.instances(),
  },
  {
    name: "RDS parameter groups",
    type: "aws_db_parameter_group",
    quota: ["rds", "L-DE55804A"],
    existing: ({ rds }) => rds.parameterGroups(),
  },
  {
    name: "RDS subnet groups",
    type: "aws_db_subnet_group",
    quota: ["rds", "L-48C6BF61"],
    existing: ({ rds }) => rds.subnetGroups(),
  },
  {
    name: "Elasticsearch domains",
    type: "aws_elasticsearch_domain",
    quota: ["es", "L-076D529E"],
    existing: ({ elasticsearch }) => elasticsearch.domains(),
  },
  {
    name: "load balancers",
    type: "aws_lb",
    quota: ["elasticloadbalancing", "L-53DA6B97"],
    existing: ({ ec2 }) => ec2.loadBalancers(),
  },
];

/** vCPUs of the runbook's cluster, four m4.large, besides them. */
const clusterVcpus = 4 * 2;

/** What AWS grants the account, against what exists and what the stack adds at most. */
export async function* quotaFindings(context: Context): AsyncGenerator<Finding> {
  const { aws, lookUp, hasState } = context;
  for (const { name, type, quota, existing } of quotas) {
    const needed = lookUp.resources.of(type).length;
    if (needed === 0) {
      continue;
    }
    yield await ask(name, async () => {
      const most = await aws.quotas.granted(...quota);
      const { length: used } = await existing(aws);
      const count = `${used} of ${most} are in use, the stack needs ${needed}`;
      if (used + needed <= most) {
        return ok(count);
      }
      const more = `Ask AWS for more: Service Quotas, ${quota.join(", ")}.`;
      // Once deployed, what the stack made is among what is in use.
      return (await hasState()) ? warning(`${count}, unless deployed already. ${more}`) : refused(`${count}. ${more}`);
    });
  }
  yield await groupsFinding(context);
  yield await ask("vCPUs", async () => {
    const most = await aws.quotas.granted("ec2", "L-1216C47A");
    const used = await aws.ec2.standardVcpus();
    const hosts = await vcpusToCome(context);
    const count = `${used} of ${most} of on-demand standard instances are in use; the hosts need ${hosts} more, an EMR cluster of four m4.large ${clusterVcpus}`;
    const more = `${count}. Ask AWS for more: Service Quotas, ec2, L-1216C47A.`;
    const left = most - used - hosts;
    return left >= clusterVcpus ? ok(count) : left >= 0 ? warning(more) : refused(more);
  });
}

/** Groups of the one that has most: AWS starts nothing that would be in more. */
function groupsFinding({ aws, lookUp: { resources } }: Context): Promise<Finding> {
  const members = [...resources.of("aws_instance"), ...resources.of("aws_db_instance")];
  const [most] = members
    .map(({ address, arguments: { vpc_security_group_ids: ids = [] } }) => ({
      address,
      groups: (ids as readonly string[]).length,
    }))
    .sort((one, other) => other.groups - one.groups);
  return ask("groups of an interface", async () => {
    const quota = await aws.quotas.granted("vpc", "L-2AFB9258");
    const count = `${quota} are granted, ${most?.address} needs ${most?.groups}`;
    return (most?.groups ?? 0) <= quota
      ? ok(count)
      : refused(
          `${count}. Name fewer \`additionalSecurityGroupIds\`, or ask AWS for more: Service Quotas, vpc, L-2AFB9258.`,
        );
  });
}

/** vCPUs of the hosts that the deploy makes: once deployed, those of a new iteration. */
async function vcpusToCome({ aws, lookUp, hasState }: Context): Promise<number> {
  const isDeployed = await hasState();
  let sum = 0;
  for (const { address, arguments: given } of lookUp.resources.of("aws_instance")) {
    if (!isDeployed || (await lookUp.outcome(address)).kind === "not-found") {
      sum += await aws.ec2.standardVcpusOf(String(given.instance_type));
    }
  }
  return sum;
}
