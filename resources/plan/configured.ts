import { type Attributes, attributesOf, blocks, texts } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { readResources } from "../types/rules";
import { accountOf, Configuration, expressionIn } from "./configuration";
import { marked } from "./marks";
import type { Plan } from "./schema";

/** Arguments of providers that stacks write, or that do no harm, by the provider. Another one may decide whom Terraform calls. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...["region", "default_tags", "allowed_account_ids", "assume_role"],
    // These decide how AWS is asked, and not who answers.
    ...["s3_use_path_style", "skip_credentials_validation", "skip_metadata_api_check", "max_retries"],
  ],
  mysql: ["endpoint", "username", "password", "proxy", "custom_tls", "connect_retry_timeout_sec"],
  terraform: [],
};

const sources = /(^|\/)(hashicorp\/aws|petoju\/mysql|terraform\.io\/builtin\/terraform|builtin\/terraform)$/;

/** What stacks read, from data sources and ephemeral resources. Others may act: they run programs, functions and requests. */
export const readTypes: readonly string[] = [
  "aws_ami",
  "aws_caller_identity",
  "aws_db_instance",
  "aws_db_subnet_group",
  "aws_eips",
  "aws_iam_openid_connect_provider",
  "aws_iam_policy_document",
  "aws_iam_role",
  "aws_key_pair",
  "aws_region",
  "aws_route53_zone",
  "aws_route_table",
  "aws_route_tables",
  "aws_s3_bucket",
  "aws_s3_bucket_policy",
  "aws_s3_objects",
  "aws_secretsmanager_random_password",
  "aws_secretsmanager_secret_version",
  "aws_security_group",
  "aws_ssm_parameter",
  "aws_ssm_parameters_by_path",
  "aws_subnet",
  "aws_vpc",
  "mysql_databases",
];

/** What a plan's providers are told that no stack tells them, whatever the plan changes. */
export function providerAlarms(plan: Plan): Phrase[] {
  const { providers, accounts } = Configuration.of(plan);
  return Object.entries(providers).flatMap(([key, provider]) => {
    const { name = key.replace(/^.*:/, "").replace(/\..*$/, ""), full_name: source, alias } = provider;
    const known = argumentsOf[String(name)];
    if (known === undefined || (source !== undefined && !sources.test(String(source)))) {
      return [phrase`the provider ${source ?? name} is none that a stack of this version has`];
    }
    const written = attributesOf(provider.expressions);
    return [
      ...Object.keys(written)
        .filter((argument) => !known.includes(argument))
        .map((argument) => phrase`the provider ${key} has the argument ${argument}, which no stack writes`),
      ...(name === "aws" && alias !== undefined ? [phrase`the provider ${key} is one more for AWS`] : []),
      ...(name === "aws" ? [...accountAlarms(key, written, accounts), ...roleAlarms(key, written, accounts)] : []),
    ];
  });
}

function accountAlarms(key: string, written: Attributes, accounts: ReadonlySet<string>): Phrase[] {
  const { allowed_account_ids: allowed } = written;
  const ids = texts(attributesOf(allowed).constant_value).map(String);
  const [id] = ids;
  if (allowed === undefined || id === undefined) {
    return [phrase`the provider ${key} does not say in which account it may work: allowed_account_ids`];
  }
  return ids.length > 1
    ? [phrase`the provider ${key} may work in several accounts: ${ids.join(", ")}`]
    : accounts.has(id)
      ? []
      : [
          phrase`the provider ${key} works in the account ${id}, and what the plan has is of ${[...accounts].join(", ")}`,
        ];
}

function roleAlarms(key: string, written: Attributes, accounts: ReadonlySet<string>): Phrase[] {
  return blocks(written.assume_role).flatMap(({ role_arn: role }) => {
    const arn = attributesOf(role).constant_value;
    const account = accountOf(arn);
    return account !== undefined && accounts.has(account)
      ? []
      : [phrase`the provider ${key} assumes the role ${arn ?? "that it is told"}, which is not of this account`];
  });
}

/** Data sources of what is secret; `nonsensitive` takes the mark off a value, and not the source of it. */
const secretReads = /(^|\.)data\.aws_(ssm_parameters?(_by_path)?|secretsmanager_secret_versions?)\./;

/** Outputs that anybody who has the state, or the job's log, reads a secret by. */
export function outputAlarms(plan: Plan): Phrase[] {
  const { root_module: root } = attributesOf(plan.configuration);
  const written = attributesOf(attributesOf(root).outputs);
  const secrets = new Set(readResources(plan).flatMap(({ values, marks }) => marked(values, marks)));
  return Object.entries(plan.output_changes)
    .filter(([, { actions, after_sensitive: mark }]) => !actions.includes("no-op") && mark !== true)
    .filter(([name, { after }]) => {
      const { references } = expressionIn(attributesOf(written[name]).expression);
      return references.some((one) => secretReads.test(one)) || (typeof after === "string" && secrets.has(after));
    })
    .map(([name]) => phrase`the output ${name} shows what is secret, and is not marked as sensitive`);
}

/** Data sources and ephemeral resources of types that no stack has: what they do is done by the plan already. */
export function readAlarms(plan: Plan): Phrase[] {
  const read = plan.resource_changes
    .filter(({ mode }) => mode === "data")
    .map(({ address, type }) => ({ address, type }));
  const all = new Map([...Configuration.of(plan).reads, ...read].map(({ address, type }) => [address, type]));
  return [...all]
    .filter(([, type]) => !readTypes.includes(type))
    .map(
      ([address, type]) =>
        phrase`${address} is of the type ${type}, which no stack of this version reads: it may run programs, functions and requests`,
    );
}
