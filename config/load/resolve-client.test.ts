import { clientOf, inShared, sharedName } from "../../test/client-files";
import { bucketsOf } from "../buckets";
import type { SharedStack } from "../client";
import { loadOne } from "./load";

describe("a complete client", () => {
  it("has the release's versions and safe defaults", () => {
    const client = clientOf();

    expect(client).toMatchObject({
      kind: "client",
      name: "example",
      state: { bucket: "example-terraform-state", region: "eu-west-1", accountId: "123456789012" },
      stacks: {
        main: { name: "example", stateKey: "example/example.tfstate" },
        databases: { name: "example-databases", stateKey: "example/example-databases.tfstate" },
      },
      tags: { Client: "example" },
      protected: true,
      network: { name: "example-analytics", defaultSecurityGroup: false },
      director: { name: "example-director", instanceType: "t3.micro", diskEncrypted: true, protected: true },
      hosts: { name: "example-analytics", active: "1", retired: [], protectedAddress: true },
      emr: {
        releaseLabel: "emr-4.9.6",
        roles: "managed",
        servicePolicy: "v1",
        instancePolicy: "least-privilege",
        instancePolicyName: "example-emr_instances",
        passRole: "emr-roles",
        elasticsearchAccess: "domain",
        elasticsearchPolicyName: "example-elasticsearch_all",
      },
      elasticsearch: {
        domainName: "example-analytics-es",
        version: "7.10",
        instanceType: "t3.small.elasticsearch",
        volumeGiB: 10,
        encrypted: true,
        snapshotHourUtc: 0,
        userName: "example-analytics_elasticsearch",
        protected: true,
      },
    });
    expect(client.hosts.iterations).toEqual([
      {
        key: "1",
        layout: "single",
        instanceType: "t3.medium",
        diskGiB: 50,
        diskType: "gp3",
        diskEncrypted: true,
        additionalSecurityGroupIds: [],
        protected: true,
      },
    ]);
    expect(client.sharedStack).toBeUndefined();
    expect(client.reportsUser).toBeUndefined();
    expect(client.ci).toBeUndefined();
    expect(client.elasticsearch?.applicationLogs).toBeUndefined();
    expect(client.director).not.toHaveProperty("passwordReader.roleName");
  });

  it("has its states under the prefix that the file sets", () => {
    const { stacks } = clientOf({ state: { bucket: "edx-terraform-state", keyPrefix: "edx/acme" } });

    expect(stacks.main.stateKey).toBe("edx/acme/example.tfstate");
    expect(stacks.databases.stateKey).toBe("edx/acme/example-databases.tfstate");
  });

  it("has the runbook's names literally on request, and its own where the file sets them", () => {
    const { names, director, hosts, emr, database } = clientOf({
      naming: "runbook",
      hosts: { keyPair: { existing: "by-hand" }, role: { name: "by-hand" } },
    });

    expect(names.hostsRole).toBe("by-hand");
    expect(hosts).toMatchObject({
      keyPair: { existing: "by-hand" },
      role: { name: "by-hand", policyName: "provision_emr_clusters" },
      securityGroup: {
        name: "analytics",
        description: "Insights, Analytics API and Jenkins",
        webFrom: ["0.0.0.0/0"],
      },
    });
    expect(director).toMatchObject({
      keyPair: { name: "director" },
      securityGroup: { name: "director", description: "Ansible director" },
    });
    expect(emr.rdsSecurityGroup).toEqual({ name: "EMR RDS", description: "MySQL from EMR" });
    expect(database.iterations.map(({ identifier }) => identifier)).toEqual(["analytics"]);
  });

  it("has each iteration of the database whole, in the order of their keys", () => {
    const { database, mysql } = clientOf({
      protected: false,
      database: {
        active: "2",
        retired: ["1"],
        iterations: { "3": { masterPassword: { existing: true }, protected: true }, "2": { engineVersion: "5.7.44" } },
      },
    });

    expect(database.iterations).toMatchObject([
      {
        key: "2",
        identifier: "example-analytics-2",
        engineVersion: "5.7.44",
        lifecycleSupport: "extended",
        parameterGroupName: "example-analytics-2-mysql5-7",
        finalSnapshotName: "example-analytics-2-final",
        characterSet: { characterSet: "utf8" },
        protected: false,
      },
      { key: "3", identifier: "example-analytics-3", engineVersion: "8.0", masterLogin: "master_3", protected: true },
    ]);
    expect(database.iterations[0]?.masterLogin).toBeUndefined();
    expect(mysql.supplied).toEqual(["migration", "master_3"]);
    expect(mysql.parameters).toMatchObject({ master_3: "/edx-analytics/example/mysql/master_3" });
  });

  it("has the passwords that exist among those that the operator supplies", () => {
    const { mysql } = clientOf({ mysql: { passwords: { edxapp_ro: { existing: true } }, edxappAdmin: "root" } });

    expect(mysql).toMatchObject({
      generated: ["analytics"],
      existing: ["edxapp_ro"],
      supplied: ["migration", "edxapp_ro", "edxapp_admin"],
      edxappAdmin: "root",
    });
  });

  it("says of each bucket whether it exists", () => {
    const { buckets, reportsUser } = clientOf({
      buckets: { emr: { existing: "by-hand" }, hadoop: { protected: false }, apiReports: {} },
    });

    expect(bucketsOf(buckets)).toEqual([
      ["trackingLogs", { name: "example-tracking-logs", exists: true, protected: true }],
      ["emr", { name: "by-hand", exists: true, protected: true }],
      ["edxanalytics", { name: "example-edxanalytics", exists: false, protected: true }],
      ["hadoop", { name: "example-edxanalytics-hadoop", exists: false, protected: false }],
      ["apiReports", { name: "example-analytics-api-reports", exists: false, protected: true }],
    ]);
    expect(reportsUser).toBe("example-analytics_reports");
  });

  it("has the passwords' parameters that its director reads", () => {
    const director = { sshFrom: ["203.0.113.0/24"], keyPair: { existing: "x" }, passwordReader: {} };

    expect(clientOf({ director }).director).toMatchObject({
      passwordReader: {
        roleName: "example-director",
        parameterArns: ["analytics", "migration", "edxapp_ro"].map(
          (login) => `arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/${login}`,
        ),
      },
    });
  });

  it("that shares uses what its shared stack manages, and two additional groups of EMR's", () => {
    const { emr, elasticsearch, sharedStack, ci } = clientOf({
      ...inShared,
      elasticsearch: { applicationLogs: {} },
      ci: { github: { repository: "acme/infrastructure" } },
    });

    expect(sharedStack).toBe(sharedName);
    expect(emr).toMatchObject({
      roles: "existing",
      elasticsearchPolicyName: "example-elasticsearch_all",
      securityGroups: {
        owner: "existing",
        master: { name: "example-emr-master" },
        slave: { name: "example-emr-slave" },
      },
    });
    expect(elasticsearch?.applicationLogs).toEqual({ resourcePolicy: { existing: true } });
    expect(ci).toMatchObject({ identityProvider: "existing", stack: { name: "example-ci" } });
  });

  it("manages what an account and a VPC have once where it has them to itself", () => {
    const { emr, elasticsearch, ci } = clientOf({
      emr: { securityGroups: { master: { description: "by EMR" } } },
      elasticsearch: { applicationLogs: {} },
      ci: { github: { repository: "acme/infrastructure" } },
    });

    expect(emr.securityGroups).toEqual({
      owner: "managed",
      master: { name: "ElasticMapReduce-master", description: "by EMR" },
      slave: { name: "ElasticMapReduce-slave", description: "Slave group for Elastic MapReduce" },
    });
    expect(elasticsearch?.applicationLogs).toEqual({ resourcePolicy: { name: "example-elasticsearch-logs" } });
    expect(ci).toMatchObject({
      identityProvider: "managed",
      databases: false,
      issuer: "token.actions.githubusercontent.com",
      apply: { audience: "sts.amazonaws.com", subjects: ["repo:acme/infrastructure:environment:production"] },
    });
  });

  it("has a role of its own for EMR's instances beside existing ones, unless they have AWS's managed policy", () => {
    const roles = { existing: true } as const;

    expect(clientOf().emr).not.toHaveProperty("ec2RoleName");
    expect(clientOf({ emr: { roles } }).emr.ec2RoleName).toBe("example-EMR_EC2_DefaultRole");
    expect(clientOf({ sharing: "shared-stack" }).emr.ec2RoleName).toBe("example-EMR_EC2_DefaultRole");
    expect(clientOf({ emr: { roles, instancePolicy: "AmazonElasticMapReduceforEC2Role" } }).emr).not.toHaveProperty(
      "ec2RoleName",
    );
  });

  it("has no Elasticsearch where its release has none", () => {
    expect(clientOf({ release: "olive" }).elasticsearch).toBeUndefined();
  });
});

it("a complete shared stack has account and region of its name, and EMR's groups by their own names", () => {
  expect(loadOne(sharedName) as SharedStack).toMatchObject({
    kind: "shared-stack",
    name: sharedName,
    accountId: "210987654321",
    region: "eu-central-1",
    state: { bucket: "grove-terraform-state", region: "eu-central-1", accountId: "210987654321" },
    stacks: { main: { name: sharedName, stateKey: `${sharedName}/${sharedName}.tfstate` } },
    protected: true,
    emr: {
      roles: "managed",
      servicePolicy: "v1",
      instancePolicy: "least-privilege",
      securityGroups: {
        master: { description: "Master group for Elastic MapReduce" },
        slave: { description: "Slave group for Elastic MapReduce" },
      },
    },
    logPolicyName: "elasticsearch-logs",
    ci: { identityProvider: "managed", provider: "github" },
  });
});
