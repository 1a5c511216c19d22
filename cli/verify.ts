import { type Command, InvalidArgumentError } from "commander";
import type { Client } from "../config/client";
import { toolsOf } from "../handoff/config-files/run/release-tools";
import { type SecretKey, secretName } from "../handoff/config-files/secrets";
import { Sources } from "../handoff/config-files/sources";
import { Aws } from "../resources/aws/aws";
import { AwsError } from "../resources/aws/errors";
import { guardAccount } from "./account";
import { deployedOutputs } from "./config-files/terraform-output";
import { checkDirector, directorOption } from "./director-address";
import { printFindings, type Sections } from "./findings";
import { loadClient } from "./load-client";
import type { Terminal } from "./terminal";
import { closedFindings } from "./verify/closed";
import { sentence, type VerifyContext } from "./verify/context";
import { gitFindings } from "./verify/git";
import { insightsFindings } from "./verify/insights";
import { lmsFindings } from "./verify/lms";
import { ProbeError, type Probes, systemProbes } from "./verify/probes";
import { directorFindings } from "./verify/through-director";

export interface VerifyOptions {
  readonly outputs?: string;
  readonly director?: string;
  /**
   * How long a server may take to answer, seconds.
   * @default 8
   */
  readonly timeout?: number;
}

export function addVerify(program: Command, terminal: Terminal): void {
  program
    .command("verify")
    .summary("ask whether an installed Insights works, and Jenkins is closed")
    .description(
      "Asks, after everything in RUN.md: from here whether DNS, certificate and Insights are right, Jenkins is closed to the world, git has " +
        "the branches and the LMS gives out tokens; through the director, with your ssh, whether the Analytics API and Jenkins answer. " +
        "Changes nothing. Exit status 1 if something is wrong, 2 if nothing is but something could not be asked. " +
        "AWS credentials of the client's account are needed for the API's token.",
    )
    .argument("<client>", "a client: the name of its file in clients/, without .ts")
    .option("--outputs <file>", "outputs written by `terraform output -json` (default: Terraform is run)")
    .addOption(directorOption())
    .option("--timeout <seconds>", "how long a server may take to answer (default: 8)", seconds)
    .action(async (name: string, options: VerifyOptions) => {
      const client = loadClient(name, "Insights");
      checkDirector(options.director);
      await verify(client, options, terminal);
    });
}

/**
 * Asks everything and prints each answer as it comes.
 * @throws CommandError where an answer is wrong, or there is none
 */
export async function verify(
  client: Client,
  options: VerifyOptions,
  terminal: Terminal,
  probes: Probes = systemProbes({ timeout: options.timeout }),
): Promise<void> {
  terminal.busy(`Reading what is deployed of ${client.name}, and its secrets in SSM`);
  const context = await gather(client, options, probes);
  const { sources } = context;
  terminal.result(
    `Insights of ${client.name}: ${client.release}, account ${client.accountId}, ${sources.outputs.region}`,
  );
  const sections: Sections = [
    ["Insights", insightsFindings(context)],
    ["Closed to the world", closedFindings(context)],
    ["Through the director", directorFindings(context)],
    ["LMS", lmsFindings(context)],
    ["Branches", gitFindings(context)],
  ];
  await printFindings(sections, terminal, {
    refused: `${client.name}: not everything is as it should be. Correct what is refused, then repeat the command.`,
    unasked: (questions) => `${client.name}: nothing is wrong, but ${questions} could not be asked.`,
  });
}

function seconds(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new InvalidArgumentError("Seconds from 1 to 999 are required, as in `--timeout 30`.");
  }
  return Number(text);
}

async function gather(client: Client, options: VerifyOptions, probes: Probes): Promise<VerifyContext> {
  const outputs = deployedOutputs(client, options);
  const aws = new Aws(client, client.region);
  const { secrets, why } = await secretsOf(aws, client);
  const sources = new Sources({ client, outputs, secrets, accessKeys: {} });
  return {
    sources,
    tools: toolsOf(client.release),
    probes,
    now: new Date(),
    director: outputs.director_public_ip,
    secret: (key) => {
      const text = secrets[key];
      return text === undefined ? { why: why ?? `${secretName(client.name, key)} is not in SSM.` } : { text };
    },
    publicAddress: async (service) => {
      try {
        const host = outputs.hosts[sources.hostIteration]?.[service];
        return host && (await aws.ec2.instance(host.instance_id))?.PublicIpAddress;
      } catch (error) {
        throw error instanceof AwsError ? new ProbeError(error.brief, "other") : error;
      }
    },
  };
}

/** What SSM told. */
interface Told {
  readonly secrets: Readonly<Partial<Record<SecretKey, string>>>;
  /** Why it told nothing. */
  readonly why?: string;
}

/** The two secrets that questions need, or why AWS did not tell them: the other questions are asked all the same. */
async function secretsOf(aws: Aws, client: Client): Promise<Told> {
  const keys = ["apiAuthToken", "backendOauth2Secret"] as const satisfies readonly SecretKey[];
  try {
    await guardAccount(aws, client.name, client.accountId);
    const values = await aws.ssm.values(keys.map((key) => secretName(client.name, key)));
    return { secrets: Object.fromEntries(keys.map((key) => [key, values[secretName(client.name, key)]])) };
  } catch (error) {
    if (error instanceof AwsError) {
      return { secrets: {}, why: sentence(error.brief) };
    }
    throw error;
  }
}
