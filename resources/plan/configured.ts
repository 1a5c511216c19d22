import { removedEndpoint } from "../../modules/removed-endpoint";
import { type Attributes, attributesOf, blocks, texts } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { accountOf, Configuration, expressionIn } from "./configuration";
import { loginAlarms } from "./mysql-logins";
import type { Plan } from "./schema";

/** Arguments of providers that stacks write, or that do no harm, by the provider. Another one may decide whom Terraform calls. */
export const providerArguments: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...["region", "default_tags", "allowed_account_ids", "assume_role"],
    // These decide how AWS is asked, and not who answers.
    ...["s3_use_path_style", "skip_credentials_validation", "skip_metadata_api_check", "max_retries"],
  ],
  mysql: ["endpoint", "username", "password", "proxy", "custom_tls", "tls", "connect_retry_timeout_sec"],
  terraform: [],
};

const sources = /(^|\/)(hashicorp\/aws|petoju\/mysql|terraform\.io\/builtin\/terraform|builtin\/terraform)$/;

/** What a plan's providers are told that no stack tells them, whatever the plan changes. */
export function providerAlarms(plan: Plan): Phrase[] {
  const { providers, accounts } = Configuration.of(plan);
  return Object.entries(providers).flatMap(([key, provider]) => {
    const { name = key.replace(/^.*:/, "").replace(/\..*$/, ""), full_name: source, alias } = provider;
    const known = providerArguments[String(name)];
    if (known === undefined || (source !== undefined && !sources.test(String(source)))) {
      return [phrase`the provider ${source ?? name} is none that a stack of this version has`];
    }
    const written = attributesOf(provider.expressions);
    return [
      ...Object.keys(written)
        .filter((argument) => !known.includes(argument))
        .map((argument) => phrase`the provider ${key} has the argument ${argument}, which no stack writes`),
      ...(name === "mysql" ? loginAlarms(key, provider, plan) : []),
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

/** Whom providers act as, and where they log in by a name that no look-up gave: what a client file says, and a plan has no former value of. */
export function providerFacts(plan: Plan): Phrase[] {
  return Object.entries(Configuration.of(plan).providers).flatMap(([key, { expressions }]) => {
    const { assume_role: roles, endpoint } = attributesOf(expressions);
    const { literal, references } = expressionIn(endpoint);
    return [
      ...blocks(roles).map(
        ({ role_arn: role }) => phrase`${key} assumes the role ${attributesOf(role).constant_value}`,
      ),
      ...(typeof literal === "string" && references.length === 0 && literal !== removedEndpoint
        ? [phrase`${key} logs in to ${literal}`]
        : []),
    ];
  });
}
