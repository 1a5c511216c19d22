import type { Command } from "commander";
import { readImports } from "../config/load/imports";
import { elasticsearchOf } from "../clients/config/resolve";
import { guardAccount } from "./account";
import { Aws } from "./aws";
import { CommandError } from "./command-error";
import { type Deployment, loadDeployment } from "./deployment";
import { count, row } from "./layout";
import { ec2Findings } from "./preflight/ec2";
import { elasticsearchFindings } from "./preflight/elasticsearch";
import { type Context, type Finding, type Section, unanswered } from "./preflight/finding";
import { iamFindings, sharedIamFindings } from "./preflight/iam";
import { sharedLogFindings } from "./preflight/logs";
import { mysqlFindings } from "./preflight/mysql";
import { networkFindings, sharedNetworkFindings } from "./preflight/network";
import { quotaFindings } from "./preflight/quotas";
import { rdsFindings } from "./preflight/rds";
import { s3Findings } from "./preflight/s3";
import { securityGroupFindings, sharedSecurityGroupFindings } from "./preflight/security-groups";
import { stateFindings } from "./preflight/state";
import type { Terminal } from "./terminal";

export function addPreflight(program: Command, terminal: Terminal): void {
  program
    .command("preflight")
    .summary("ask AWS what a plan cannot know")
    .description(
      "Asks AWS what a plan cannot know, before the first deploy of a client or of a new iteration: whether names are " +
        "free, things that are used are there, the network suits EMR, the grades bucket's policy is as the client file " +
        "says, and quotas suffice. Changes nothing. Exit status 1 if the deploy would fail.",
    )
    .argument("<client>", "name of a file in clients/, of a client or a shared stack")
    .action(async (name: string) => {
      await preflight(loadDeployment(name), terminal);
    });
}

/**
 * Asks everything and prints each answer as it comes.
 * @throws CommandError where an answer would let the deploy fail
 */
export async function preflight(deployment: Deployment, terminal: Terminal): Promise<void> {
  const { name, region, accountId } = deployment;
  const aws = new Aws(deployment, region);
  const { arn } = await guardAccount(aws, name, accountId);
  terminal.result(`Preflight of ${name}: account ${accountId}, ${region}, as ${arn}`);

  const findings: Finding[] = [];
  for (const { title, ask } of sections(deployment, aws)) {
    terminal.result(`\n${title}`);
    for await (const finding of untilUnanswered(title, ask())) {
      findings.push(finding);
      terminal.result(row(finding.verdict, finding.subject, finding.text));
    }
  }

  const of = (verdict: Finding["verdict"]) => findings.filter((finding) => finding.verdict === verdict).length;
  terminal.result(`\n${of("ok")} ok, ${count(of("warning"), "warning")}, ${of("refused")} refused.`);
  if (of("refused") > 0) {
    throw new CommandError(`${name}: a deploy would fail. Mend what is refused, then repeat the command.`);
  }
}

function sections(deployment: Deployment, aws: Aws): Section[] {
  const { name, region, accountId } = deployment;
  const common = { aws, name, region, accountId, imports: readImports(name).imports };
  const state = { title: "State", ask: () => stateFindings(deployment) };
  if (deployment.kind === "shared") {
    const { shared } = deployment;
    const context: Context = { ...common, clientTag: shared.tags.Client };
    return [
      state,
      { title: "IAM", ask: () => sharedIamFindings(context, shared) },
      { title: "Network", ask: () => sharedNetworkFindings(context, shared.network) },
      { title: "Security groups", ask: () => sharedSecurityGroupFindings(context, shared) },
      { title: "CloudWatch Logs", ask: () => sharedLogFindings(context) },
    ];
  }
  const { client } = deployment;
  const context: Context = { ...common, clientTag: client.tags.Client ?? name };
  const domain = elasticsearchOf(client);
  return [
    state,
    { title: "IAM", ask: () => iamFindings(context, client) },
    { title: "Network", ask: () => networkFindings(context, client) },
    { title: "Security groups", ask: () => securityGroupFindings(context, client) },
    { title: "EC2", ask: () => ec2Findings(context, client) },
    { title: "RDS", ask: () => rdsFindings(context, client) },
    { title: "MySQL", ask: () => mysqlFindings(context, client) },
    { title: "S3", ask: () => s3Findings(context, client) },
    ...(domain ? [{ title: "Elasticsearch", ask: () => elasticsearchFindings(context, domain) }] : []),
    { title: "Quotas", ask: () => quotaFindings(context, client) },
  ];
}

/** A look-up that the rest of a section stands on ends the section, not the command. */
async function* untilUnanswered(title: string, findings: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* findings;
  } catch (error) {
    yield unanswered(title.toLowerCase(), error);
  }
}
