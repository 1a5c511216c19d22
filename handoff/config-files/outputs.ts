import { z } from "zod";
import type { Client } from "../../config/client";
import type { FormatError } from "./formats/format";
import { readJson } from "./formats/json";

const iterations = <T extends z.ZodType>(of: T) => z.record(z.string(), of);
/** They stand in commands and files without quotes. */
const address = z.string().regex(/^[A-Za-z0-9.-]+$/);
const server = z.object({
  address,
  port: z.union([z.number(), z.string().regex(/^\d+$/)]),
});
/** With the dot at its end, as DNS has it. */
const recordName = z.string().regex(/^[A-Za-z0-9._-]+$/);
const host = z.object({ instance_id: z.string().regex(/^i-[\w-]+$/), private_ip: address });

/** The outputs of a client's stack that the files need; stacks/analytics-outputs.ts writes them. */
const schema = z.object({
  region: z.string().regex(/^[a-z0-9-]+$/),
  elastic_ip: address,
  load_balancer_dns_name: address.optional(),
  certificate_validation_record: z
    .object({ name: recordName, type: z.string().regex(/^[A-Z]+$/), value: recordName })
    .optional(),
  subnet_id: z.string(),
  key_pair_name: z.string(),
  active_hosts: z.string(),
  hosts: iterations(z.object({ insights: host, api: host, jenkins: host })),
  active_database: z.string(),
  databases: iterations(server),
  edxapp_database: server.extend({ user: z.string() }),
  director_public_ip: address.optional(),
  emr_release_label: z.string(),
  emr_ec2_role: z.string(),
  emr_additional_master_security_groups: z.array(z.string()),
  emr_additional_slave_security_groups: z.array(z.string()),
  tracking_logs_bucket: z.string(),
  emr_bucket: z.string(),
  emr_logs_bucket: z.string(),
  edxanalytics_bucket: z.string(),
  hadoop_bucket: z.string(),
  grades_bucket: z.string(),
  api_reports_bucket: z.string().optional(),
  elasticsearch_endpoint: z.string().optional(),
  elasticsearch_access_key_id: z.string().optional(),
  elasticsearch_secret_access_key: z.string().optional(),
  elasticsearch_encrypted_secret_access_key: z.string().optional(),
  reports_access_key_id: z.string().optional(),
  reports_secret_access_key: z.string().optional(),
  reports_encrypted_secret_access_key: z.string().optional(),
});

export type Outputs = z.output<typeof schema>;

/** An access key that a stack gave out. */
export type AccessKeyOwner = "elasticsearch" | "reports";

/** Outputs that cannot be used; the message says which and what to do. */
export class OutputsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OutputsError";
  }
}

/**
 * Reads what `terraform output -json` prints.
 * @throws OutputsError with all outputs that are missing or are not what they should be
 */
export function readOutputs(json: string, client: Client): Outputs {
  const deploy = `Deploy ${client.name}, then repeat the command`;
  const printed = parsed(json);
  if (typeof printed !== "object" || printed === null || Object.keys(printed).length === 0) {
    throw new OutputsError(`no outputs were found: nothing is deployed, or it is another state. ${deploy}.`);
  }
  const values = Object.fromEntries(
    // Terraform leaves out an output that is null.
    Object.entries(printed).map(([name, output]) => [name, (output as { value?: unknown } | null)?.value ?? undefined]),
  );
  const result = schema.safeParse(values);
  const wrong = result.success ? [] : [...new Set(result.error.issues.map(({ path }) => path.join(".")))];
  const missing = [...wrong, ...expectedKeys(client, values)];
  if (missing.length > 0 || !result.success) {
    throw new OutputsError(
      `the outputs ${missing.join(", ")} are missing or have another form: the stack was deployed from another client file or version. ${deploy}.`,
    );
  }
  return result.data;
}

function parsed(json: string): unknown {
  try {
    return readJson(json);
  } catch (error) {
    const { message } = error as FormatError;
    throw new OutputsError(
      `the outputs cannot be read: ${message}. Write them with \`terraform output -json > FILE\`.`,
    );
  }
}

/** Outputs that the client file calls for, and that an older deploy may lack. */
function expectedKeys(client: Client, values: Readonly<Record<string, unknown>>): string[] {
  const forms = ["secret_access_key", "encrypted_secret_access_key"];
  const [wanted, other] = client.pgpKey === undefined ? forms : forms.reverse();
  // An imported key has neither form: the state has no secret of it.
  const keyOf = (owner: AccessKeyOwner) => [
    `${owner}_access_key_id`,
    ...(values[`${owner}_${other}`] === undefined ? [] : [`${owner}_${wanted}`]),
  ];
  return [
    ...(client.loadBalancer === undefined ? [] : ["load_balancer_dns_name"]),
    ...(client.elasticsearch === undefined ? [] : ["elasticsearch_endpoint", ...keyOf("elasticsearch")]),
    ...(client.buckets.apiReports === undefined ? [] : ["api_reports_bucket", ...keyOf("reports")]),
  ].filter((name) => values[name] === undefined);
}
