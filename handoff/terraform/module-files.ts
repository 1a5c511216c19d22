/** A file of the exported configuration, and what it says of itself. */
export interface ModuleFile {
  /** Name of the file without its ending; mostly the module's in `modules/`. */
  readonly file: string;
  readonly title: string;
  /** Sections of the runbook "edX AWS Analytics Deployment"; none for what it does not know. */
  readonly runbook: readonly string[];
  /** Ids, directly below the stack, of the constructs that go into it. */
  readonly constructs: RegExp;
}

/** One file for each module, as the stacks place them. */
export const moduleFiles: readonly ModuleFile[] = [
  {
    file: "state",
    title: "State: what stops a plan that would create all of it again, in another region or on a state that is new",
    runbook: [],
    constructs: /^state$/,
  },
  {
    file: "network",
    title: "Network: where everything is placed, and what EMR needs of it",
    runbook: ["VPC DNS hostname", "VPC Subnet"],
    constructs: /^(network|emr-subnet)$/,
  },
  {
    file: "emr-roles",
    title: "EMR roles: those that EMR makes for itself with a first cluster",
    runbook: ["EMR Roles", "ElasticSearch User and Role"],
    constructs: /^emr-roles$/,
  },
  {
    file: "analytics-role",
    title: "Analytics role: what Jenkins needs to launch and terminate EMR clusters",
    runbook: ["Provision EMR Clusters"],
    constructs: /^emr-provisioning$/,
  },
  {
    file: "director",
    title: "Director: the host that Ansible is run from",
    runbook: ["Director EC2"],
    constructs: /^director$/,
  },
  {
    file: "analytics-hosts",
    title: "Analytics hosts: Insights, the Analytics API and Jenkins, by iteration, and their address",
    runbook: ["Analytics Security Group", "EC2", "Elastic IP"],
    constructs: /^analytics$/,
  },
  {
    file: "session-manager",
    title: "Session Manager: reaches hosts of which no port is open",
    runbook: [],
    constructs: /^session-manager$/,
  },
  {
    file: "host-backups",
    title: "Host backups: daily snapshots of the hosts that Jenkins is on",
    runbook: [],
    constructs: /^backups$/,
  },
  {
    file: "dns",
    title: "DNS: the record of Insights in Route 53",
    runbook: [],
    constructs: /^dns$/,
  },
  {
    file: "load-balancer",
    title: "Load balancer: ends TLS before Insights, with a certificate of AWS's",
    runbook: [],
    constructs: /^load-balancer$/,
  },
  {
    file: "emr-security-groups",
    title: "EMR security groups: who reaches the clusters' instances, and EMR RDS, whom they reach",
    runbook: ["EMR Roles", "EMR Security Groups"],
    constructs: /^(emr(-additional)?|database-emr-rds)$/,
  },
  {
    file: "analytics-database",
    title: "Analytics database: the RDS MySQL, by iteration",
    runbook: ["RDS"],
    constructs: /^database$/,
  },
  {
    file: "edxapp-database",
    title: "edxapp database: the way from EMR to the existing edxapp server",
    runbook: ["RDS"],
    constructs: /^edxapp-database$/,
  },
  {
    file: "mysql-passwords",
    title: "MySQL passwords: random, write-only, and kept in SSM",
    runbook: ["Create analytics databases and user", "Create edxapp read-only user"],
    constructs: /^mysql-passwords$/,
  },
  {
    file: "data-buckets",
    title: "Data buckets: tracking logs, EMR, the pipeline's configuration and data, reports",
    runbook: ["S3"],
    constructs: /^buckets$/,
  },
  {
    file: "grades-download",
    title: "Grades download: lets edxapp read what the pipeline puts into its bucket",
    runbook: ["`grades-download` Permissions"],
    constructs: /^grades-download$/,
  },
  {
    file: "reports-user",
    title: "Reports user: its key signs the links to problem response reports",
    runbook: ["Analytics API Reports"],
    constructs: /^reports-user$/,
  },
  {
    file: "elasticsearch-domain",
    title: "Elasticsearch domain: the learner index, written by the pipeline, read by the Analytics API",
    runbook: ["ElasticSearch User and Role", "ElasticSearch"],
    constructs: /^elasticsearch$/,
  },
  {
    file: "elasticsearch-logs",
    title: "Elasticsearch logs: lets the domains of this account and region write them",
    runbook: ["ElasticSearch"],
    constructs: /^elasticsearch-(logs(-statements)?|service-role)$/,
  },
  {
    file: "passwords",
    title: "Passwords of the MySQL users: read from SSM at every run, in clear in no plan and no state",
    runbook: ["Create analytics databases and user", "Create migration user", "Create edxapp read-only user"],
    constructs: /^(deployed-versions|password-of-.+)$/,
  },
  {
    file: "mysql-servers",
    title: "MySQL servers: their databases, users and grants, by iteration",
    runbook: ["Create analytics databases and user", "Create migration user", "Create edxapp read-only user"],
    constructs: /^(rds-.+|analytics-\d+|edxapp)$/,
  },
  {
    file: "ci-roles",
    title: "CI roles: what CI may do in this account, and whose tokens it has to show",
    // The runbook has no CI.
    runbook: [],
    constructs: /^Roles$/,
  },
  {
    file: "alarms",
    title: "Alarms: mails about hosts, databases, Elasticsearch, EMR clusters and costs",
    runbook: [],
    constructs: /^alarms$/,
  },
];

/** The file of what a construct directly below the stack holds. */
export function fileOf(construct: string): ModuleFile | undefined {
  return moduleFiles.find(({ constructs }) => constructs.test(construct));
}

/** What stands at the top of a module's file. */
export function headingOf({ title, runbook }: ModuleFile): string[] {
  return [`${title}.`, ...(runbook.length === 0 ? [] : [`Runbook: ${runbook.join("; ")}.`])];
}
