import type { z } from "zod";
import { checkFiles } from "../config/load/load";
import { clientSchema } from "../config/schema/client";
import { AnalyticsStack } from "../stacks/analytics-stack";
import { DatabasesStack } from "../stacks/databases-stack";
import { type Changes, changed, inShared } from "./client-files";
import { kmsKeyId } from "./kms-client";
import { once } from "./once";
import { app, template, textOf } from "./synth";

const group = "sg-0a1b2c3d4e5f60719";
const separate = { "hosts.iterations.1": { layout: "separate" } };
const inDns = { dns: { zone: "example.com", name: "insights.example.com" } };
const behindLoadBalancer = { ...inDns, tls: { on: "load-balancer" } };
const restored = { "database.iterations.1.restoreFrom": { instance: "one", at: "latest" } };
const alarms = { "alarms.emails": ["ops@example.com"] };
const second = { "hosts.iterations": { "1": {}, "2": {} }, "database.iterations": { "1": {}, "2": {} } };
const byAddress = {
  "edxapp.database": {
    address: "db.example.com",
    securityGroupIds: ["sg-0a1b2c3d"],
    user: "edxapp001",
    access: "cidr-rules",
  },
};
const logs = { "elasticsearch.applicationLogs": {} };
const inVpc = { "elasticsearch.vpc": {} };
const newVpc = {
  network: {
    vpc: "new",
    zones: ["eu-west-1a", "eu-west-1b"],
    peering: { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0a1b2c3d"] },
  },
  "edxapp.database.access": "cidr-rules",
};
const existingVpc = { network: inShared.network };

/** Another value of each setting of the AWS side, and what the file has besides where the setting is of use there alone. */
const others: Readonly<Record<string, readonly [value: unknown, besides?: Changes]>> = {
  region: ["eu-central-1"],
  accountId: ["210987654321"],
  release: ["maple"],
  naming: ["runbook"],
  "state.bucket": ["another"],
  "state.region": ["us-east-1"],
  "state.accountId": ["210987654321"],
  "state.keyPrefix": ["another"],
  deployRoleArn: ["arn:aws:iam::123456789012:role/deploy"],
  "network.defaultSecurityGroup": [true],
  "network.zones": [["eu-west-1b", "eu-west-1a"]],
  "network.vpcId": ["vpc-0a1b2c3e", existingVpc],
  "network.subnetId": ["subnet-0a1b2c3e", existingVpc],
  "network.databaseSubnetIds": [["subnet-0a1b2c3e", "subnet-0a1b2c3f"], existingVpc],
  "network.cidr": ["10.30.0.0/16", newVpc],
  "network.peering.vpcId": ["vpc-0a1b2c3e", newVpc],
  "network.peering.cidr": ["172.30.0.0/16", newVpc],
  "network.peering.routeTableIds": [["rtb-0a1b2c3e"], newVpc],
  "director.sshFrom": [["198.51.100.0/24"]],
  "director.name": ["another"],
  "director.keyPair.existing": ["another"],
  "director.securityGroup.name": ["another"],
  "director.securityGroup.description": ["another"],
  "director.instanceType": ["t3.small"],
  "director.diskGiB": [9],
  "director.diskType": ["gp2"],
  "director.diskEncrypted": [false],
  "director.kmsKeyId": [kmsKeyId],
  "director.additionalSecurityGroupIds": [[group]],
  "director.ami": ["ami-0a1b2c3d"],
  "director.firstBoot": ["install"],
  "director.passwordReader.roleName": ["another", { "director.passwordReader": {} }],
  "director.protected": [false],
  "hosts.keyPair.existing": ["another"],
  "hosts.name": ["another"],
  "hosts.securityGroup.name": ["another"],
  "hosts.securityGroup.description": ["another"],
  "hosts.securityGroup.webFrom": [["198.51.100.0/24"]],
  "hosts.serviceGroups": ["common", separate],
  "hosts.apiSecurityGroup.name": ["another", separate],
  "hosts.apiSecurityGroup.description": ["another", separate],
  "hosts.jenkinsSecurityGroup.name": ["another", separate],
  "hosts.jenkinsSecurityGroup.description": ["another", separate],
  "hosts.role.name": ["another"],
  "hosts.role.policyName": ["another"],
  "hosts.active": ["2", second],
  "hosts.iterations.1.layout": ["separate"],
  "hosts.iterations.1.instanceType": ["t3.large"],
  "hosts.iterations.1.diskGiB": [60],
  "hosts.iterations.1.diskType": ["gp2"],
  "hosts.iterations.1.diskEncrypted": [false],
  "hosts.iterations.1.kmsKeyId": [kmsKeyId],
  "hosts.iterations.1.additionalSecurityGroupIds": [[group]],
  "hosts.iterations.1.ami": ["ami-0a1b2c3d"],
  "hosts.iterations.1.protected": [false],
  sessionManager: [true],
  "hosts.backups.retentionDays": [7, { "hosts.backups": {} }],
  "hosts.backups.hourUtc": [5, { "hosts.backups": {} }],
  "hosts.protectedAddress": [false],
  "edxapp.userArn": ["arn:aws:iam::123456789012:user/another"],
  "edxapp.gradesBucket.name": ["another"],
  "edxapp.gradesBucket.access": ["user-policy"],
  "edxapp.database.identifier": ["another"],
  "edxapp.database.user": ["another"],
  "edxapp.database.access": ["print"],
  "edxapp.database.ruleSecurityGroupId": [group],
  "edxapp.database.address": ["another.example.com", byAddress],
  "edxapp.database.port": [3307, byAddress],
  "dns.zone": ["example.org", inDns],
  "dns.name": ["data.example.com", inDns],
  "tls.on": ["load-balancer", inDns],
  "tls.subnetIds": [["subnet-0a1b2c3d", "subnet-0a1b2c3e"], behindLoadBalancer],
  "tls.ipv6": [false, behindLoadBalancer],
  "edxapp.database.securityGroupIds": [[group], byAddress],
  "database.active": ["2", second],
  "database.iterations.1.engineVersion": ["8.4"],
  "database.iterations.1.instanceClass": ["db.m5.large"],
  "database.iterations.1.storageType": ["gp2"],
  "database.iterations.1.storageGiB": [100],
  "database.iterations.1.maxStorageGiB": [200],
  "database.iterations.1.multiAz": [true],
  "database.iterations.1.additionalSecurityGroupIds": [[group]],
  "database.iterations.1.encrypted": [false],
  "database.iterations.1.kmsKeyId": [kmsKeyId],
  "database.iterations.1.identifier": ["another"],
  "database.iterations.1.masterUser": ["another"],
  "database.iterations.1.masterPassword": [{ existing: true }],
  "database.iterations.1.restoreFrom.snapshot": [
    "another",
    { "database.iterations.1.restoreFrom": { snapshot: "one" } },
  ],
  "database.iterations.1.restoreFrom.instance": ["another", restored],
  "database.iterations.1.restoreFrom.at": ["2026-11-26T09:30:00Z", restored],
  "database.iterations.1.lifecycleSupport": ["upgrade"],
  "database.iterations.1.protected": [false],
  "database.identifier": ["another"],
  "database.subnetGroup.existing": [
    "another",
    { "network.zones": ["eu-west-1a"], "database.subnetGroup": { existing: "one" } },
  ],
  "database.backupRetentionDays": [7],
  "database.backupWindow": ["03:00-04:00"],
  "database.maintenanceWindow": ["sun:04:30-sun:05:30"],
  "alarms.emails": [["ops@example.com"]],
  "alarms.clusterHours": [24, alarms],
  "alarms.monthlyBudgetUsd": [500, alarms],
  "mysql.passwords.analytics.version": [2],
  "mysql.passwords.analytics.existing": [true],
  "mysql.passwords.migration.version": [2],
  "mysql.passwords.edxapp_ro.version": [2],
  "mysql.passwords.edxapp_ro.existing": [true],
  "mysql.edxappAdmin": ["another"],
  "elasticsearch.domainName": ["another"],
  "elasticsearch.userName": ["another"],
  "elasticsearch.policyName": ["another"],
  "elasticsearch.version": ["7.9"],
  "elasticsearch.instanceType": ["m5.large.elasticsearch"],
  "elasticsearch.volumeGiB": [30],
  "elasticsearch.encrypted": [false],
  "elasticsearch.kmsKeyId": [kmsKeyId],
  "elasticsearch.snapshotHourUtc": [5],
  "elasticsearch.applicationLogs.resourcePolicy.existing": [true, logs],
  "elasticsearch.vpc.subnetId": ["subnet-0a1b2c3d", inVpc],
  "elasticsearch.vpc.securityGroup.name": ["another", inVpc],
  "elasticsearch.vpc.securityGroup.description": ["another", inVpc],
  "elasticsearch.vpc.serviceRole.existing": [true, inVpc],
  "elasticsearch.protected": [false],
  "emr.releaseLabel": ["emr-5.36.0"],
  "emr.roles.existing": [true],
  "emr.subnetId": ["subnet-0a1b2c3d"],
  "emr.securityGroups.existing": [true],
  "emr.securityGroups.master.description": ["another"],
  "emr.securityGroups.slave.description": ["another"],
  "emr.rdsSecurityGroup.name": ["another"],
  "emr.rdsSecurityGroup.description": ["another"],
  "emr.servicePolicy": ["v2"],
  "emr.instancePolicy": ["AmazonElasticMapReduceforEC2Role"],
  "emr.passRole": ["any"],
  "emr.elasticsearchAccess": ["any"],
  ...Object.fromEntries(
    ["trackingLogs", "emr", "emrLogs", "edxanalytics", "hadoop", "apiReports"].flatMap((bucket) => [
      [`buckets.${bucket}.existing`, ["another", { [`buckets.${bucket}`]: undefined }]],
      [`buckets.${bucket}.name`, ["another", { [`buckets.${bucket}`]: {} }]],
      [`buckets.${bucket}.protected`, [false, { [`buckets.${bucket}`]: {} }]],
    ]),
  ),
  "buckets.apiReports.userName": ["another", { "buckets.apiReports": {} }],
  "buckets.expireAfterDays": [30],
  "buckets.kmsKeyId": [kmsKeyId],
  "buckets.formerKmsKeyIds": [[kmsKeyId]],
  pgpKey: ["keybase:acme"],
  "tags.CostCentre": ["7"],
  protected: [false],
};

/** Settings that say which others there are, of which those have a line above, or that another test has. */
const elsewhere: Readonly<Record<string, string>> = {
  "network.vpc": "the fields of each kind of VPC",
  sharing: "stacks/shared-stack.test.ts",
  "state.deployers": "the bucket of the state: cli/state/policy.test.ts",
  "director.existing": "stacks/director.test.ts",
  "director.keyPair.publicKey": "modules/key-pair.test.ts",
  "director.keyPair.name": "modules/key-pair.test.ts",
  "hosts.keyPair.publicKey": "modules/key-pair.test.ts",
  "hosts.keyPair.name": "modules/key-pair.test.ts",
  "hosts.securityGroup.existing": "stacks/analytics-hosts.test.ts",
  "hosts.retired": "names what is not used again: config/checks/iterations.ts",
  "database.retired": "the same",
  "database.iterations.1.masterPassword.existing": "masterPassword",
  "emr.rdsSecurityGroup.existing": "stacks/emr-security-groups.test.ts",
  "tls.certificate": "stands in the vars file: handoff/config-files/vars-analytics/vars-analytics.test.ts",
  "tls.privateKey": "the same",
  "tls.existing": "the same",
  elasticsearch: "its fields",
  allowDiscontinued: "turns mistakes into warnings: config/checks/discontinued.test.ts",
};

/** What is not of the AWS side: the configuration files and jobs are rendered, and CI's stack is its own. */
const ofOthers = /^(configurationFiles|jenkinsJobs|ci)\./;

/** What the databases stack alone has. */
const ofMysql = /^(mysql\.(passwords\.migration|edxappAdmin)|edxapp\.database\.user)/;

/** What the stack of a file comes to, or what is wrong with it. */
function outcome(path: string, changes: Changes): string {
  return once(["every setting", ofMysql.test(path), changes], () => {
    try {
      const { clients } = checkFiles([{ name: "example", input: changed(structuredClone(changes)) }], {
        complete: false,
      });
      const [client] = clients;
      if (client === undefined) {
        throw new Error("no client was read");
      }
      const stack = ofMysql.test(path) ? new DatabasesStack(app(), client) : new AnalyticsStack(app(), client);
      return textOf(template(stack));
    } catch (error) {
      return (error as Error).message;
    }
  });
}

/** The settings of a schema by their paths, with the first iteration and a tag of some name. */
function settings(schema: z.core.$ZodType, path = ""): string[] {
  const { def } = (schema as z.ZodType)._zod as unknown as { readonly def: Definition };
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
      return settings(def.innerType, path);
    case "pipe":
      return settings(def.in, path);
    case "union":
      return def.options.flatMap((option) => settings(option, path));
    case "object":
      return Object.entries(def.shape).flatMap(([name, field]) => settings(field, below(name)));
    case "record":
      return settings(def.valueType, below(path === "tags" ? "CostCentre" : "1"));
    default:
      return [path];
  }
}

interface Definition {
  readonly type: string;
  readonly innerType: z.core.$ZodType;
  readonly in: z.core.$ZodType;
  readonly options: readonly z.core.$ZodType[];
  readonly shape: Readonly<Record<string, z.core.$ZodType>>;
  readonly valueType: z.core.$ZodType;
}

describe("a setting of the AWS side", () => {
  it("has a line below, each of them", () => {
    const all = [...new Set(settings(clientSchema))].filter((path) => !ofOthers.test(path)).sort();

    expect([...Object.keys(others), ...Object.keys(elsewhere)].sort()).toEqual(all);
  });

  it.each(Object.entries(others))("does something, or is a mistake: %s", (path, [value, besides = {}]) => {
    const before = outcome(path, besides);
    const after = outcome(path, { ...besides, [path]: value });

    expect(before).toMatch(/^\{/);
    expect(after === before).toBe(false);
  });
});
