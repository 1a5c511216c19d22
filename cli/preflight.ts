import type { Described } from "../config/client";
import { loadImports } from "../config/load/imports";
import { loadFleet } from "../config/load/load";
import { awsCaller } from "../handoff/config-files/aws-caller";
import { Aws } from "../resources/aws/aws";
import { LookUp } from "../resources/look-up";
import type { StackResources } from "../resources/stack-resources";
import { guardAccount } from "./account";
import type { Finding } from "./findings";
import { printFindings, type Sections } from "./findings";
import { dependantFindings, destroyFindings } from "./preflight/destroy";
import { ec2Findings } from "./preflight/ec2";
import { edxappFindings } from "./preflight/edxapp";
import { elasticsearchFindings } from "./preflight/elasticsearch";
import { emrFindings } from "./preflight/emr";
import { existingFindings } from "./preflight/existing";
import { type Context, unasked } from "./preflight/finding";
import { httpsFindings } from "./preflight/https";
import { keyFindings } from "./preflight/kms-keys";
import { leavingFindings } from "./preflight/leaving";
import { mysqlFindings } from "./preflight/mysql";
import { nameFindings } from "./preflight/names";
import { networkFindings, vpcFindings } from "./preflight/network";
import { pgpKeyFindings } from "./preflight/pgp-key";
import { policyFindings } from "./preflight/policies";
import { quotaFindings } from "./preflight/quotas";
import { rdsFindings } from "./preflight/rds";
import { ruleFindings } from "./preflight/rules";
import { stateFindings, stateQuestion } from "./preflight/state";
import { resourcesOf } from "./stack-resources";
import type { Terminal } from "./terminal";

interface PreflightOptions {
  /**
   * What the AWS stack creates and looks up.
   * @default - as synthesised
   */
  readonly resources?: StackResources;
  /**
   * Ask about a destroy in the place of a deploy.
   * @default false
   */
  readonly destroy?: boolean;
}

/**
 * Asks everything and prints each answer as it comes.
 * @throws CommandError where an answer would let the deploy or the destroy fail, or there is none
 */
export async function preflight(
  described: Described,
  terminal: Terminal,
  { resources = resourcesOf(described), destroy = false }: PreflightOptions = {},
): Promise<void> {
  const { name, kind, region, accountId } = described;
  const imports = loadImports(name);
  const aws = new Aws(described, region);
  const { arn } = await guardAccount(aws, name, accountId);
  terminal.result(`Preflight of ${name}: account ${accountId}, ${region}, as ${arn}`);

  if (described.deployRoleArn !== undefined) {
    terminal.result(`Run the commands below with credentials of ${awsCaller(described)}.`);
  }

  const context: Context = {
    name,
    kind,
    aws,
    lookUp: new LookUp(resources, aws),
    imports,
    hasState: stateQuestion(described),
  };
  const what = destroy ? "destroy" : "deploy";
  const asked = (destroy ? destroySections(context, described) : sections(context, described)).map(
    ([title, found]) => [title, untilUnasked(title, found)] as const,
  );
  await printFindings(asked, terminal, {
    refused: `${name}: a ${what} would fail. Correct what is refused, then repeat the command.`,
    unasked: (questions) =>
      `${name}: nothing is refused, but ${questions} could not be asked, so a ${what} may fail. Ask with other credentials, or look yourself.`,
  });
}

function destroySections(context: Context, described: Described): Sections {
  const { kind, name } = described;
  const users = kind === "client" ? [] : loadFleet().clients.filter(({ sharedStack }) => sharedStack === name);
  return [
    ...(kind === "client" ? [] : ([["Who uses it", dependantFindings(users.map((user) => user.name))]] as const)),
    ["Destroying", destroyFindings(context, described)],
  ];
}

function sections(context: Context, described: Described): Sections {
  return [
    ["State", stateFindings(context, described)],
    ["What a deploy destroys", leavingFindings(context, described)],
    ["Names of what the stack creates", nameFindings(context)],
    ["What the stack uses", existingFindings(context)],
    ["Rules of security groups", ruleFindings(context)],
    ["Policies", policyFindings(context)],
    ...(described.kind === "shared-stack"
      ? ([
          ["Network", vpcFindings(context, described.network)],
          ["EMR", emrFindings(context, described)],
        ] as const)
      : ([
          ["Network", networkFindings(context, described)],
          ["HTTPS", httpsFindings(context, described)],
          ["EMR", emrFindings(context, described)],
          ["edxapp", edxappFindings(context, described)],
          ["EC2", ec2Findings(context, described)],
          ["Keys", keyFindings(context, described)],
          ["PGP", pgpKeyFindings(context, described)],
          ["RDS", rdsFindings(context)],
          ["MySQL", mysqlFindings(context, described)],
          ["Quotas", quotaFindings(context)],
        ] as const)),
    ["Elasticsearch", elasticsearchFindings(context)],
  ];
}

/** A look-up that the rest of a section depends on ends the section, not the command. */
async function* untilUnasked(title: string, findings: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* findings;
  } catch (error) {
    yield unasked(title.toLowerCase(), error);
  }
}
