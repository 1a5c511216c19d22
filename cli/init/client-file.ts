/** What no default can know of a client. */
export interface ClientValues {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly release: string;
}

/** Text of a client's file, to be completed: what it refers to in AWS has names that the client's would have. */
export function clientFile({ name, region, accountId, release }: ClientValues): string {
  return `import { defineClient } from "edx-analytics-aws";

/** The editor shows all other fields, with their defaults. \`npm run synth\` reports every mistake at once. */
export default defineClient({
  region: "${region}",
  // Terraform refuses to touch any other account.
  accountId: "${accountId}",
  // Decides on the versions of MySQL, Elasticsearch, EMR and Ubuntu.
  release: "${release}",
  // Names in AWS begin with the client's; "runbook" has the runbook's: analytics, edxanalytics, EMR RDS …
  naming: "prefixed",
  // \`npx edx-analytics state ${name}\` creates this bucket.
  state: { bucket: "${name}-terraform-state" },

  // Others: { vpc: "existing", vpcId, subnetId, databaseSubnetIds } and { vpc: "new", zones }.
  network: { vpc: "default", zones: ["${region}a", "${region}b"] },

  // A new director, its EC2 key pair, and who may SSH to it. An existing one: { existing: "sg-…" }, its security group.
  director: { keyPair: { existing: "${name}-director" }, sshFrom: ["203.0.113.0/24"] },

  // The host of Insights, the Analytics API and Jenkins, and its EC2 key pair.
  hosts: { keyPair: { existing: "${name}-analytics" } },

  // edxapp's tracking logs, in an existing bucket. One that the stack creates: { name: "…" }.
  buckets: { trackingLogs: { existing: "${name}-tracking-logs" } },

  // The Open edX side, which exists.
  edxapp: {
    // The user whose keys are EDXAPP_AWS_ACCESS_KEY_ID.
    userArn: "arn:aws:iam::${accountId}:user/edxapp",
    // EDXAPP_GRADE_BUCKET, and how that user gets to read it.
    gradesBucket: { name: "${name}-edxapp", access: "merge-policy" },
    // The RDS of edxapp, its MySQL user, and how EMR gets to reach it.
    database: { identifier: "${name}-edxapp", user: "edxapp001", access: "group-rules" },
  },
});
`;
}
