import type { Aws } from "../../resources/aws/aws";
import { ask, type Context, type Finding, ok, refused, warning } from "./finding";

interface Quota {
  readonly name: string;
  /** Terraform's type of what is counted. */
  readonly type: string;
  /** https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html lists the codes. */
  readonly service: string;
  readonly code: string;
  /** How many exist. */
  readonly used: (aws: Aws) => Promise<number>;
}

const quotas: readonly Quota[] = [
  {
    name: "Elastic IPs",
    type: "aws_eip",
    service: "ec2",
    code: "L-0263D0A3",
    used: async ({ ec2 }) => (await ec2.addresses()).length,
  },
  {
    name: "VPCs",
    type: "aws_vpc",
    service: "vpc",
    code: "L-F678F1CE",
    used: async ({ ec2 }) => (await ec2.vpcs()).length,
  },
  {
    name: "RDS instances",
    type: "aws_db_instance",
    service: "rds",
    code: "L-7B6409FD",
    used: async ({ rds }) => (await rds.instances()).length,
  },
];

/** vCPUs of two hosts, as the deploy makes them. */
const hostVcpus = 2 * 2;
/** vCPUs of the runbook's cluster, four m4.large, besides them. */
const clusterVcpus = 4 * 2;

/** What AWS grants the account, against what exists and what the stack adds at most. */
export async function* quotaFindings({ aws, lookUp }: Context): AsyncGenerator<Finding> {
  for (const { name, type, service, code, used } of quotas) {
    const wanted = lookUp.resources.of(type).length;
    if (wanted === 0) {
      continue;
    }
    yield await ask(name, async () => {
      const most = await aws.quotas.granted(service, code);
      const existing = await used(aws);
      const count = `${existing} of ${most} are in use, ${wanted} wanted`;
      return existing + wanted <= most
        ? ok(count)
        : // A second run counts what the first deploy made.
          warning(`${count}, unless deployed already. Ask AWS for more: Service Quotas, ${service}, ${code}.`);
    });
  }
  yield await ask("vCPUs", async () => {
    const most = await aws.quotas.granted("ec2", "L-1216C47A");
    const count = `${most} granted to on-demand standard instances; hosts take ${hostVcpus}, a cluster of the runbook's size ${clusterVcpus} more`;
    const more = `${count}. Ask AWS for more: Service Quotas, ec2, L-1216C47A.`;
    return most >= hostVcpus + clusterVcpus ? ok(count) : most >= hostVcpus ? warning(more) : refused(more);
  });
}
