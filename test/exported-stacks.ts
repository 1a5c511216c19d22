import { checkFiles, loadFleet } from "../config/load/load";
import type { Synthesised } from "../handoff/terraform/entries";
import { exportStack } from "../handoff/terraform/export";
import { makeStacks } from "../stacks/stacks";
import { type Changes, changed } from "./client-files";
import { behindLoadBalancer, externalDns } from "./https-client";
import { kmsKeyId, withKeys } from "./kms-client";
import { app, template } from "./synth";

/** Clients with settings that those in clients/ have not. */
const rare: Readonly<Record<string, Changes>> = {
  peered: {
    network: {
      vpc: "new",
      zones: ["eu-west-1a", "eu-west-1b"],
      peering: { vpcId: "vpc-0a1b2c3d", cidr: "10.99.0.0/16", routeTableIds: ["rtb-0a1b2c3d", "rtb-0a1b2c3e"] },
    },
    "edxapp.database.access": "cidr-rules",
    deployRoleArn: "arn:aws:iam::123456789012:role/deploy",
    "state.accountId": "210987654321",
    ...behindLoadBalancer,
    pgpKey: "keybase:peered",
    elasticsearch: { applicationLogs: {}, vpc: {} },
    tags: { "cost centre": "peered", Owner: "a@b" },
  },
  renewed: {
    hosts: {
      keyPair: { existing: "renewed" },
      active: "3",
      iterations: { "2": { layout: "separate" }, "3": { protected: false } },
      retired: ["1"],
      securityGroup: { webFrom: ["10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32"] },
      backups: { retentionDays: 30 },
    },
    database: {
      active: "2",
      iterations: {
        "2": {},
        "3": { engineVersion: "8.4", restoreFrom: { snapshot: "renewed-analytics-3-final" } },
        "4": { restoreFrom: { instance: "renewed-analytics-2", at: "latest" } },
      },
      retired: ["1"],
    },
    alarms: { emails: ["ops@example.com"], monthlyBudgetUsd: 500 },
    mysql: {
      passwords: { analytics: { version: 3 }, migration: { version: 2 }, edxapp_ro: { version: 4 } },
      edxappAdmin: "root",
    },
    "director.firstBoot": "install",
    "director.passwordReader": {},
    "director.sshFrom": [],
    sessionManager: true,
    "edxapp.gradesBucket.access": "leave-policy",
    "ci.gitlab.project": "a/b",
    ...externalDns,
    tls: { on: "load-balancer", ipv6: true },
  },
  keyed: { ...withKeys, "buckets.formerKmsKeyIds": [kmsKeyId], "hosts.backups": {}, "ci.gitlab.project": "a/b" },
  guest: {
    director: { existing: "sg-0a1b2c3d" },
    "hosts.securityGroup": { existing: "sg-0a1b2c3e" },
    "emr.rdsSecurityGroup": { existing: "sg-0a1b2c3f" },
    "emr.roles": { existing: true },
    "emr.securityGroups": { existing: true },
    "emr.subnetId": "subnet-0a1b2c3e",
    "mysql.passwords": { analytics: { existing: true } },
    "database.iterations.1": { engineVersion: "8.0.40", masterPassword: { existing: true } },
    "database.subnetGroup": { existing: "guests" },
    "edxapp.database.ruleSecurityGroupId": "sg-0a1b2c4a",
    "network.zones": ["eu-west-1a"],
    "elasticsearch.vpc": { subnetId: "subnet-0a1b2c3d", serviceRole: { existing: true } },
    protected: false,
    state: { bucket: "elsewhere", region: "us-east-1", keyPrefix: "a/b" },
  },
};

const fleets = [
  loadFleet(),
  ...Object.entries(rare).map(([name, changes]) =>
    checkFiles([{ name, input: changed(changes) }], { complete: false, others: [] }),
  ),
];

/** Every stack of the clients in clients/ and of those above, with the files that it is exported as. */
export const exportedStacks = fleets
  .flatMap((fleet) => makeStacks(app(), fleet))
  .map((stack) => {
    const synthesised = template(stack) as unknown as Synthesised;
    return { name: stack.node.id, synthesised, files: exportStack(stack, synthesised) };
  });
