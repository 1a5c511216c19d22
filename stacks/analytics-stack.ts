import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { ClientConfig } from "../clients/config/client";
import { additionalEmrGroupNames, inlineElasticsearchPolicyName, namesOf } from "../clients/config/names";
import { ownership } from "../clients/config/resolve";
import { warningsOf } from "../clients/config/warnings";
import { AnalyticsDatabase } from "../modules/analytics-database";
import { AnalyticsHosts } from "../modules/analytics-hosts";
import { AnalyticsRole } from "../modules/analytics-role";
import { DataBuckets } from "../modules/data-buckets";
import { Director } from "../modules/director";
import { EdxappDatabase } from "../modules/edxapp-database";
import { ElasticsearchDomain } from "../modules/elasticsearch-domain";
import { EmrRoles } from "../modules/emr-roles";
import { AdditionalEmrSecurityGroups, EmrSecurityGroups } from "../modules/emr-security-groups";
import { GradesDownload } from "../modules/grades-download";
import { MysqlPasswords } from "../modules/mysql-passwords";
import { Network } from "../modules/network";
import { ReportsUser } from "../modules/reports-user";
import { writeOutputs } from "./analytics-outputs";
import * as props from "./client-props";
import { ClientStack } from "./client-stack";

/** The AWS side of one client: the runbook's sections in their order, and who may reach and read what. */
export class AnalyticsStack extends ClientStack {
  constructor(scope: Construct, client: ClientConfig) {
    super(scope, client.name, { ...client, owner: client.name, tags: { Client: client.name, ...client.tags } });
    const { name, accountId, pgpKey, emr: settings, securityGroupDescriptions: descriptions } = client;
    const names = namesOf(client);
    const clusterTag = settings.servicePolicy === "v2";
    const makesEmrRoles = (settings.roles ?? ownership(client)) === "create";

    const network = new Network(this, "network", props.networkProps(client));

    // IAM
    const emrRoles = makesEmrRoles
      ? new EmrRoles(this, "emr-roles", { accountId, servicePolicy: settings.servicePolicy })
      : EmrRoles.fromExistingRoles(this, "emr-roles");
    const { instanceProfile } = new AnalyticsRole(this, "emr-provisioning", {
      roleName: names.analyticsRole,
      policyName: names.provisionPolicy,
      emrRoles,
      passRole: settings.passRole,
    });

    // Hosts
    const { existingSecurityGroupId } = client.director;
    const director =
      existingSecurityGroupId === undefined
        ? new Director(this, "director", { ...props.directorProps(client), network })
        : Director.fromSecurityGroupId(this, "director", existingSecurityGroupId, network);
    const hosts = new AnalyticsHosts(this, "analytics", { ...props.hostsProps(client), network, instanceProfile });

    // EMR's groups, and the databases with EMR RDS
    const emr =
      (settings.securityGroups ?? ownership(client)) === "create"
        ? new EmrSecurityGroups(this, "emr", {
            vpc: network,
            masterDescription: descriptions.emrMaster,
            slaveDescription: descriptions.emrSlave,
            clusterTag,
          })
        : new AdditionalEmrSecurityGroups(this, "emr-additional", {
            ...additionalEmrGroupNames(name),
            vpc: network,
            masterDescription: `EMR masters of ${name}`,
            slaveDescription: `EMR slaves of ${name}`,
            clusterTag,
          });
    const database = new AnalyticsDatabase(this, "database", { ...props.databaseProps(client), network });
    const edxappDatabase = new EdxappDatabase(this, "edxapp-database", {
      ...props.edxappDatabaseProps(client),
      network,
      emr,
      emrRds: database.securityGroup,
    });
    new MysqlPasswords(this, "mysql-passwords", props.passwordsProps(client));

    // S3
    const buckets = new DataBuckets(this, "buckets", props.bucketsProps(client));
    const gradesDownload = new GradesDownload(this, "grades-download", props.gradesProps(client));
    const reportsUser =
      buckets.apiReports &&
      new ReportsUser(this, "reports-user", { userName: names.reportsUser, bucket: buckets.apiReports, pgpKey });

    // Elasticsearch
    const domain = props.elasticsearchProps(client);
    const search = domain && new ElasticsearchDomain(this, "elasticsearch", domain);
    const searchKey = search?.addUser({ userName: names.elasticsearchUser, pgpKey });
    if (search) {
      search.grantReadWrite(emrRoles.ec2Role);
      emrRoles.addPolicy("elasticsearch-all", {
        policyName: makesEmrRoles ? names.elasticsearchPolicy : inlineElasticsearchPolicyName(name),
        statements: [
          settings.elasticsearchAccess === "any"
            ? { effect: "Allow", actions: ["es:*"], resources: ["*"] }
            : search.readWriteStatement,
        ],
      });
    }

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
      search,
      searchKey,
    });
    for (const warning of warningsOf(client)) {
      Annotations.of(this).addWarning(warning);
    }
  }
}
