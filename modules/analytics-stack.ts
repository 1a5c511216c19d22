import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { ClientConfig } from "../clients/config/client";
import { namesOf } from "../clients/config/names";
import { parameterArn, passwordParameter, scriptLogins } from "../clients/config/parameters";
import { releases } from "../clients/config/releases";
import {
  bucketsOf,
  databaseIterationsOf,
  elasticsearchOf,
  hostIterationsOf,
  masterLoginsOf,
  ownership,
} from "../clients/config/resolve";
import { warningsOf } from "../clients/config/warnings";
import { AnalyticsDatabase } from "./analytics-database";
import { AnalyticsHosts } from "./analytics-hosts";
import { writeOutputs } from "./analytics-outputs";
import { DataBuckets } from "./data-buckets";
import { Director } from "./director";
import { EdxappDatabase } from "./edxapp-database";
import { ElasticsearchDomain } from "./elasticsearch-domain";
import { EmrProvisioning } from "./emr-provisioning";
import { EmrRoles, ExistingEmrRoles } from "./emr-roles";
import { AdditionalEmrSecurityGroups, EmrSecurityGroups } from "./emr-security-groups";
import { GradesDownload } from "./grades-download";
import { MysqlPasswords } from "./mysql-passwords";
import { Network, networkName } from "./network";
import { ReportsUser } from "./reports-user";
import { ClientStack } from "./shared/client-stack";

/** The AWS side of one client: the runbook's sections in their order, and who may reach and read what. */
export class AnalyticsStack extends ClientStack {
  constructor(scope: Construct, client: ClientConfig) {
    super(scope, client.name, { ...client, owner: client.name, tags: { Client: client.name, ...client.tags } });
    const { name, region, accountId, pgpKey, securityGroupDescriptions: descriptions } = client;
    const names = namesOf(client);
    const { ubuntu } = releases[client.release];
    const clusterTag = client.emr.servicePolicy === "v2";
    const common = { names, ubuntu, protected: client.protected };

    const network = new Network(this, "network", {
      config: client.network,
      name: networkName(name),
      clusterTag,
      subnetTag: ownership(client),
      existingSubnetGroup: client.database.existingSubnetGroup,
    });

    // IAM
    const emrRoles =
      (client.emr.roles ?? ownership(client)) === "create"
        ? new EmrRoles(this, "emr-roles", { accountId, servicePolicy: client.emr.servicePolicy })
        : new ExistingEmrRoles(this, "emr-roles");
    const provisioning = new EmrProvisioning(this, "emr-provisioning", {
      names,
      emrRoles,
      passRole: client.emr.passRole,
    });

    // Hosts
    const director = new Director(this, "director", {
      ...common,
      network,
      config: client.director,
      description: descriptions.director,
      passwordParameterArns: [...scriptLogins, ...masterLoginsOf(client)].map((login) =>
        parameterArn(client, passwordParameter(name, login)),
      ),
    });
    const hosts = new AnalyticsHosts(this, "analytics", {
      ...common,
      network,
      config: client.hosts,
      iterations: hostIterationsOf(client),
      provisioning,
      description: descriptions.analytics,
      existingSecurityGroupId: client.existingSecurityGroups.analytics,
    });

    // EMR's groups and the databases
    const emr =
      (client.emr.securityGroups ?? ownership(client)) === "create"
        ? new EmrSecurityGroups(this, "emr", {
            vpcId: network.vpcId,
            descriptions: { master: descriptions.emrMaster, slave: descriptions.emrSlave },
            clusterTag,
          })
        : new AdditionalEmrSecurityGroups(this, "emr-additional", { vpcId: network.vpcId, client: name, clusterTag });
    const database = new AnalyticsDatabase(this, "database", {
      network,
      config: client.database,
      iterations: databaseIterationsOf(client),
      emrRdsSecurityGroup: names.emrRdsSecurityGroup,
      description: descriptions.emrRds,
      existingSecurityGroupId: client.existingSecurityGroups.emrRds,
    });
    const edxappDatabase = new EdxappDatabase(this, "edxapp-database", {
      config: client.edxapp.database,
      region,
      network,
      emr,
      emrRds: database.securityGroup,
    });

    new MysqlPasswords(this, "mysql-passwords", { client });

    // S3
    const buckets = new DataBuckets(this, "buckets", {
      buckets: bucketsOf(client),
      expireAfterDays: client.buckets.expireAfterDays,
      region,
    });
    const gradesDownload = new GradesDownload(this, "grades-download", {
      client: name,
      bucket: client.edxapp.gradesBucket,
      userArn: client.edxapp.userArn,
    });
    const reportsUser =
      buckets.apiReports &&
      new ReportsUser(this, "reports-user", { userName: names.reportsUser, bucket: buckets.apiReports, pgpKey });

    // Elasticsearch
    const domain = elasticsearchOf(client);
    const elasticsearch =
      domain &&
      new ElasticsearchDomain(this, "elasticsearch", {
        config: domain,
        client: name,
        region,
        accountId,
        names,
        emrRoles,
        emrAccess: client.emr.elasticsearchAccess,
        pgpKey,
      });

    // Who reaches whom
    hosts.allowSshFrom(director.securityGroup);
    emr.allowSshFrom(hosts.securityGroup);
    database.allowFrom(emr.master);
    database.allowFrom(emr.slave);
    if (!client.network.defaultSecurityGroup) {
      database.allowFrom(director.securityGroup);
      database.allowFrom(hosts.securityGroup);
    }

    writeOutputs(this, {
      client,
      network,
      director,
      hosts,
      emr,
      database,
      edxappDatabase,
      buckets,
      gradesDownload,
      reportsUser,
      elasticsearch,
    });
    for (const warning of warningsOf(client)) {
      Annotations.of(this).addWarning(warning);
    }
  }
}
