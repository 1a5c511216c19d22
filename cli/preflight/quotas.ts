import { DescribeAddressesCommand, paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import { paginateDescribeDBInstances } from "@aws-sdk/client-rds";
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import type { ClientConfig } from "../../clients/config/client";
import { databaseIterationsOf } from "../../clients/config/resolve";
import { pages } from "../pages";
import { ask, type Context, type Finding, ok, refused, warning } from "./finding";

interface Quota {
  readonly name: string;
  /** https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html lists the codes. */
  readonly service: string;
  readonly code: string;
  /** How many there are already. */
  readonly used: (context: Context) => Promise<number>;
  /** The most that a first deploy adds. */
  readonly wanted: (client: ClientConfig) => number;
}

const quotas: readonly Quota[] = [
  {
    name: "Elastic IPs",
    service: "ec2",
    code: "L-0263D0A3",
    used: async ({ aws }) =>
      (await aws.ask("ec2:DescribeAddresses", aws.ec2.send(new DescribeAddressesCommand({})))).Addresses?.length ?? 0,
    wanted: () => 1,
  },
  {
    name: "VPCs",
    service: "vpc",
    code: "L-F678F1CE",
    used: vpcs,
    wanted: ({ network }) => (network.vpc === "new" ? 1 : 0),
  },
  {
    name: "RDS instances",
    service: "rds",
    code: "L-7B6409FD",
    used: databases,
    wanted: (client) => databaseIterationsOf(client).length,
  },
];

async function vpcs({ aws }: Context): Promise<number> {
  const all = pages(paginateDescribeVpcs({ client: aws.ec2 }, {}), (page) => page.Vpcs);
  return (await aws.ask("ec2:DescribeVpcs", all)).length;
}

async function databases({ aws }: Context): Promise<number> {
  const all = pages(paginateDescribeDBInstances({ client: aws.rds }, {}), (page) => page.DBInstances);
  return (await aws.ask("rds:DescribeDBInstances", all)).length;
}

/** vCPUs of two hosts, as the deploy makes them. */
const hostVcpus = 2 * 2;
/** vCPUs of the runbook's cluster, four m4.large, besides them. */
const clusterVcpus = 4 * 2;

/** What AWS grants the account, against what there is and what comes. */
export async function* quotaFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  for (const { name, service, code, used, wanted } of quotas.filter((quota) => quota.wanted(client) > 0)) {
    yield await ask(name, async () => {
      const most = await granted(context, service, code);
      const there = await used(context);
      const count = `${there} of ${most} are in use, ${wanted(client)} wanted`;
      return there + wanted(client) <= most
        ? ok(count)
        : // A second run counts what the first deploy made.
          warning(`${count}, unless deployed already. Ask AWS for more: Service Quotas, ${service}, ${code}.`);
    });
  }
  yield await ask("vCPUs", async () => {
    const most = await granted(context, "ec2", "L-1216C47A");
    const count = `${most} granted to on-demand standard instances; hosts take ${hostVcpus}, a cluster of the runbook's size ${clusterVcpus} more`;
    const more = `${count}. Ask AWS for more: Service Quotas, ec2, L-1216C47A.`;
    return most >= hostVcpus + clusterVcpus ? ok(count) : most >= hostVcpus ? warning(more) : refused(more);
  });
}

/** The account's own value, or AWS's default where the account never asked for another. */
async function granted({ aws }: Context, ServiceCode: string, QuotaCode: string): Promise<number> {
  const own = await aws.askIfThere(
    "servicequotas:GetServiceQuota",
    aws.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode })),
    ["NoSuchResourceException"],
  );
  if (own?.Quota?.Value !== undefined) {
    return own.Quota.Value;
  }
  const standard = await aws.ask(
    "servicequotas:GetAWSDefaultServiceQuota",
    aws.quotas.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode })),
  );
  return standard.Quota?.Value ?? Number.POSITIVE_INFINITY;
}
