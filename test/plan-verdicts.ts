import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../cli/main";
import { fakeTerminal } from "./fake-terminal";
import { planOf } from "./plan-of";

const folder = mkdtempSync(join(tmpdir(), "plan-verdict-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** What both commands say of a plan. */
export async function verdicts(plan: object) {
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const run = async (...command: string[]) => {
    const terminal = fakeTerminal();
    const status = await main(command, terminal);
    return { status, text: terminal.errors.join("\n") };
  };
  return {
    summary: await run("plan-summary", "--format", "markdown", file),
    adoption: await run("adopt", "example", "--plan", file),
  };
}

/** Both have alarms, among them one in these words, and the adoption is refused. */
export async function bothHave(plan: object, alarm: string, alarms = 1): Promise<void> {
  const { summary, adoption } = await verdicts(plan);

  expect(summary).toEqual({ status: 2, text: expect.stringContaining(alarm) });
  expect(adoption).toEqual({ status: 1, text: expect.stringContaining(alarm) });
  expect(summary.text).toMatch(new RegExp(`^${alarms} alarms? `));
}

export const update = (type: string, before: object, after: object) => planOf(type, ["update"], before, after);
export const versioning = (status: string) => ({ versioning_configuration: [{ status }] });
export const policy = (...statements: object[]) => ({ policy: JSON.stringify({ Statement: statements }) });
export const metadata = (http_tokens: string) => ({ metadata_options: [{ http_tokens }] });
export const groups = (...vpc_security_group_ids: string[]) => ({ vpc_security_group_ids });
export const encryption = (sse_algorithm: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm }] }],
});
export const tlsOnly = { Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
export const secure = { ...tlsOnly, Condition: { Bool: { "aws:SecureTransport": "false" } } };
export const audit = {
  Sid: "Audit",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::1:root" },
  Action: "s3:GetObject",
};
export const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

export const allow = (Action: unknown, Resource: unknown = "arn:aws:s3:::data/*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
export const trust = (...statements: object[]) => ({
  assume_role_policy: JSON.stringify({
    Statement: statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
  }),
});
export const service = (name: string) => ({ Principal: { Service: name } });
export const tokens = (Condition: object) => ({
  Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition,
});
export const subject = "token.actions.githubusercontent.com:sub";
export const externalPrincipal = { Principal: { AWS: "arn:aws:iam::999999999999:root" } };
export const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
export const attachment = (policy_arn: string) => ({ role: "hosts", policy_arn });
export const ssh = {
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 22,
  to_port: 22,
  cidr_ipv4: "10.0.0.0/8",
};
export const kms = (kms_master_key_id: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id }] }],
});
export const owned = (object_ownership: string) => ({ rule: [{ object_ownership }] });
export const volume = (volume_size: number) => ({ ebs_options: [{ volume_size }] });
export const nodes = (instance_count: number) => ({ cluster_config: [{ instance_count }] });
export const role = (before: object, after: object) => update("aws_iam_role", before, after);
export const iamPolicy = (before: object, after: object) => update("aws_iam_policy", policy(before), policy(after));
export const bucketPolicy = (...statements: object[]) =>
  update("aws_s3_bucket_policy", policy(tlsOnly), policy(tlsOnly, ...statements));
export const domainPolicy = (...statements: object[]) => ({ access_policies: policy(...statements).policy });
export const pending = (attribute: string) => ({ after_unknown: { [attribute]: true } });

export const database = (before: object, after: object, more = {}) =>
  planOf("aws_db_instance", ["update"], before, after, more);
export const host = (before: object, after: object) => update("aws_instance", before, after);
export const https = { enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-2019-07" };

/** A new database that has no alarm. */
export const safeDatabase = {
  identifier: "acme-analytics",
  backup_retention_period: 14,
  deletion_protection: true,
  skip_final_snapshot: false,
  storage_encrypted: true,
};
/** A new domain that has no alarm. */
export const safeDomain = {
  domain_endpoint_options: [https],
  encrypt_at_rest: [{ enabled: true }],
  node_to_node_encryption: [{ enabled: true }],
};

/** A plan whose provider allows some accounts. */
export const ofAccounts = (plan: object, ...accounts: string[]) => ({
  ...plan,
  configuration: {
    provider_config: { aws: { expressions: { allowed_account_ids: { constant_value: accounts } } } },
  },
});

/** A grant of other privileges than before. */
export const grant = (before: string[], after: string[]) => {
  const [had, gets] = [before, after].map((privileges) => ({ user: "reports", database: "reports", privileges }));
  return update("mysql_grant", had as object, gets as object);
};

/** Lifecycle rules of a bucket, by which every object is deleted after some days. */
export const expiring = (days: number) => ({
  bucket: "acme-reports",
  rule: [{ id: "all", status: "Enabled", expiration: [{ days }] }],
});

/** A plan with resources by other names than `one`. */
export const named = (plan: object, names: Readonly<Record<string, string>>): object =>
  JSON.parse(
    JSON.stringify(plan).replaceAll(
      /"address":"(\w+)\.one"/g,
      (_, type) => `"address":"${type}.${names[type] ?? "one"}"`,
    ),
  );

/** A plan with the changes of several. */
export const together = (...plans: readonly { readonly resource_changes: readonly object[] }[]) => ({
  format_version: "1.2",
  resource_changes: plans.flatMap(({ resource_changes }) => resource_changes),
});

/** A plan that also has a bucket. */
export const ofBucket = (bucket: string, plan: { readonly resource_changes: readonly object[] }) =>
  together(plan, planOf("aws_s3_bucket", ["no-op"], { bucket }, { bucket }));
