import { z } from "zod";
import { releaseNames } from "../tables/versions-by-release";
import { alarms } from "./alarms";
import { buckets } from "./buckets";
import { ci } from "./ci";
import { configurationFiles } from "./configuration-files";
import { database } from "./database";
import { director } from "./director";
import { edxapp } from "./edxapp";
import { elasticsearch } from "./elasticsearch";
import { emr } from "./emr";
import { accountId, region, roleArn } from "./fields";
import { hosts } from "./hosts";
import { dns, tls } from "./https";
import { jenkinsJobs } from "./jenkins-jobs";
import { mysql } from "./mysql";
import { network } from "./network";
import { pgpKey } from "./public-keys";
import { state } from "./state";
import { tags } from "./tags";

/** The fields of a client file, `clients/<name>.ts`, whose name is the client's: it prefixes buckets, the domain and, on request, all other names. */
export const clientSchema = z.strictObject({
  /** AWS region of everything, as in `eu-west-1`. */
  region,
  /** AWS account of everything; Terraform refuses to work in another. */
  accountId,
  /** Open edX release, which decides on MySQL, Elasticsearch and Ubuntu; see releases.ts. */
  release: z.enum(releaseNames),
  /** The runbook's names (`runbook`), or the same behind the client's name (`prefixed`); each thing's own `name` wins. */
  naming: z.enum(["runbook", "prefixed"]),
  /** Where the Terraform state is kept; see decision 0005. */
  state,
  /**
   * ARN of the role that Terraform assumes to deploy.
   * @default - the operator's own credentials
   */
  deployRoleArn: roleArn.optional(),
  /** Where hosts, databases and EMR clusters are placed (runbook, VPC DNS hostname and VPC Subnet). */
  network,
  /**
   * Whether the client has its account to itself, or uses what an account or VPC has once from `clients/shared-<account>-<region>.ts`.
   * @default "none"
   */
  sharing: z.enum(["none", "shared-stack"]).default("none"),
  /** The host that Ansible is run from (runbook, Director EC2): a new one, or `{ existing: … }`, the security group of one. */
  director,
  /** The EC2 hosts of Insights, the Analytics API and Jenkins (runbook, EC2). */
  hosts,
  /**
   * The record of Insights in Route 53: docs/https.md.
   * @default - it is made by hand, as RUN.md says
   */
  dns: dns.optional(),
  /**
   * Who ends TLS: nginx on the host, with files on the director, or a load balancer before it; docs/https.md.
   * @default - no TLS, Insights listens on 80 alone
   */
  tls: tls.optional(),
  /** The Open edX side that exists before analytics (runbook, Prerequisites). */
  edxapp,
  /**
   * The analytics RDS.
   * @default - one instance of the release's MySQL
   */
  database: database.prefault({}),
  /**
   * The users on the MySQL servers.
   * @default - every password at version 1, `edxapp_ro` created by the edxapp server's owner
   */
  mysql: mysql.prefault({}),
  /**
   * Settings of the domain.
   * @default - the release's Elasticsearch with defaults; none from Olive on
   */
  elasticsearch: z
    .union([z.literal(false), elasticsearch], { error: "settings, or false for none, are allowed. Write { … }." })
    .optional(),
  /**
   * EMR clusters.
   * @default - emr-4.9.6, on roles and groups that this client manages, unless it shares them
   */
  emr: emr.prefault({}),
  /**
   * S3 buckets.
   * @default - `emr` and `edxanalytics` are managed, `trackingLogs` exists
   */
  buckets: buckets.prefault({}),
  /**
   * What the six configuration files need that AWS does not know: docs/configuration-files.md.
   * @default - all missing, and listed when the files are rendered
   */
  configurationFiles: configurationFiles.prefault({}),
  /**
   * Jenkins' jobs: docs/jenkins.md.
   * @default - one for each task that the client uses, by the runbook's schedules
   */
  jenkinsJobs: jenkinsJobs.prefault({}),
  /**
   * Mails about hosts, databases, Elasticsearch, EMR clusters and costs that need somebody: docs/alarms.md.
   * @default - none
   */
  alarms: alarms.optional(),
  /**
   * `true`: AWS Systems Manager Session Manager reaches every host, and a new director, whose `sshFrom` may then be `[]`. `false`: no
   * longer; hosts keep the role that they got for it, without rights. docs/operations.md.
   * @default - it reaches none, and no host gets a role for it
   */
  sessionManager: z.boolean().optional(),
  /**
   * Public PGP key, base64, or `keybase:name`, that secret access keys are encrypted with before they enter the state.
   * @default - none; the secret access keys are in the state, which is encrypted and locked down
   */
  pgpKey: pgpKey.optional(),
  /**
   * The CI that plans and applies, with roles in a stack of its own; docs/ci.md.
   * @default - CI has no roles, and people deploy
   */
  ci: ci.optional(),
  /**
   * Tags on everything taggable, besides `Project`, `Client` and `ManagedBy`.
   * @default {}
   */
  tags: tags.default({}),
  /**
   * Default of every `protected` below: plans that would destroy hosts, addresses, databases, domains or buckets stop. So do those
   * that would destroy or replace a security group.
   * @default true
   */
  protected: z.boolean().default(true),
  /**
   * Turn values that AWS has discontinued from mistakes into warnings.
   * @default false
   */
  allowDiscontinued: z.boolean().default(false),
});

/** What an operator writes. */
export type ClientInput = z.input<typeof clientSchema>;
/** The fields of a client file with the defaults of single fields; `Client` is complete. */
export type ClientFields = z.output<typeof clientSchema>;
