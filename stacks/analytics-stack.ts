import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { Client } from "../config/client";
import { withPages } from "../config/documentation";
import { isExisting } from "../config/existing";
import { Alarms } from "../modules/alarms";
import { AnalyticsDatabase } from "../modules/analytics-database";
import { AnalyticsHosts } from "../modules/analytics-hosts";
import { AnalyticsRole } from "../modules/analytics-role";
import { DataBuckets } from "../modules/data-buckets";
import { Director } from "../modules/director";
import { EdxappDatabase } from "../modules/edxapp-database";
import { ElasticsearchDomain } from "../modules/elasticsearch-domain";
import { EmrRoles, type IEmrRoles } from "../modules/emr-roles";
import { AdditionalEmrSecurityGroups, EmrRdsSecurityGroup, EmrSecurityGroups } from "../modules/emr-security-groups";
import { GradesDownload } from "../modules/grades-download";
import { HostBackups } from "../modules/host-backups";
import { LoadBalancer } from "../modules/load-balancer";
import { MysqlPasswords } from "../modules/mysql-passwords";
import { Network } from "../modules/network";
import { Port } from "../modules/port";
import { PrivateSubnet } from "../modules/private-subnet";
import { PublicZone } from "../modules/public-zone";
import { ReportsUser } from "../modules/reports-user";
import { SecurityGroup } from "../modules/security-group";
import { SessionManager } from "../modules/session-manager";
import { writeOutputs } from "./analytics-outputs";
import * as props from "./client-props";
import { ClientStack } from "./client-stack";
import { emrSubnetProps, networkProps } from "./network-props";
import { StateGuard } from "./state-guard";

/** The AWS side of one client: the runbook's sections in their order, and who may reach and read what. */
export class AnalyticsStack extends ClientStack {
  /** Stops plans that would make a deployed client again. */
  readonly stateGuard: StateGuard;

  constructor(scope: Construct, client: Client) {
    super(scope, client.stacks.main, { ...client, permissionsBoundaryArn: client.ci?.boundaryArn });
    this.stateGuard = new StateGuard(this, "state", client);
    const { pgpKey, elasticsearch } = client;
    const { securityGroups, passRole } = client.emr;

    const network = new Network(this, "network", networkProps(client));

    // IAM
    const emrRoles = this.emrRoles(client);
    const { name: roleName, policyName } = client.hosts.role;
    const role = new AnalyticsRole(this, "emr-provisioning", { roleName, policyName, emrRoles, passRole });

    // Hosts
    const sessions = client.sessionManager && new SessionManager(this, "session-manager", client.sessionManager);
    const director = isExisting(client.director)
      ? Director.fromSecurityGroupId(this, "director", client.director.existing, network)
      : new Director(this, "director", {
          ...props.directorProps(client, client.director),
          network,
          instanceProfile: sessions?.instanceProfile,
        });
    const { instanceProfile } = role;
    sessions?.reachHostsOf("jenkins", role.role);
    if (director.role) {
      sessions?.reachHostsOf("director", director.role);
    }
    const zone = client.dns && new PublicZone(this, "dns", { zoneName: client.dns.zone });
    const loadBalancer = this.loadBalancer(client, network, zone);
    const backups = props.backupsProps(client);
    const hosts = new AnalyticsHosts(this, "analytics", {
      ...props.hostsProps(client),
      jenkinsTags: backups?.targetTags,
      ...(loadBalancer && { webFrom: [loadBalancer.securityGroup], webPorts: [Port.HTTP] }),
      network,
      instanceProfile,
      otherInstanceProfile: sessions?.instanceProfile,
    });
    if (backups) {
      new HostBackups(this, "backups", backups);
    }
    loadBalancer?.leadTo(hosts.activeInsights);
    if (zone && client.dns) {
      zone.leadTo("insights", client.dns.name, loadBalancer ?? { ipv4: hosts.elasticIp });
    }

    // EMR's subnet and groups, and the databases with EMR RDS
    const emrPlace = emrSubnetProps(client, network);
    const emrSubnet = emrPlace ? new PrivateSubnet(this, "emr-subnet", emrPlace) : network;
    const emrGroups = { ...props.emrGroupsProps(client.emr), vpc: network, protected: client.protected };
    const emr =
      securityGroups.owner === "managed"
        ? new EmrSecurityGroups(this, "emr", emrGroups)
        : new AdditionalEmrSecurityGroups(this, "emr-additional", emrGroups);
    const { rdsSecurityGroup } = client.emr;
    const emrRds = isExisting(rdsSecurityGroup)
      ? SecurityGroup.fromSecurityGroupId(this, "database-emr-rds", rdsSecurityGroup.existing, {
          vpc: network,
          mutable: false,
        })
      : new EmrRdsSecurityGroup(this, "database-emr-rds", {
          ...rdsSecurityGroup,
          vpc: network,
          protected: client.protected,
        });
    const database = new AnalyticsDatabase(this, "database", {
      ...props.databaseProps(client),
      network,
      securityGroup: emrRds,
    });
    const edxappDatabase = new EdxappDatabase(this, "edxapp-database", {
      ...props.edxappDatabaseProps(client),
      network: emrSubnet,
      emr,
      emrRds,
    });
    new MysqlPasswords(this, "mysql-passwords", props.passwordsProps(client));

    // S3
    const buckets = new DataBuckets(this, "buckets", props.bucketsProps(client));
    const gradesDownload = new GradesDownload(this, "grades-download", props.gradesProps(client));
    const reportsUser =
      buckets.apiReports && client.reportsUser !== undefined
        ? new ReportsUser(this, "reports-user", { userName: client.reportsUser, bucket: buckets.apiReports, pgpKey })
        : undefined;

    const statements = props.emrInstanceStatements(client, buckets);
    if (statements.length > 0) {
      emrRoles.addInlinePolicy("instances", { policyName: client.emr.instancePolicyName, statements });
    }

    // Elasticsearch
    const domain = props.elasticsearchProps(client, network);
    const search = domain && new ElasticsearchDomain(this, "elasticsearch", domain);
    const searchKey = elasticsearch && search?.addUser({ userName: elasticsearch.userName, pgpKey });
    if (search) {
      search.grantReadWrite(emrRoles.ec2Role);
      emrRoles.addPolicy("elasticsearch-all", {
        policyName: client.emr.elasticsearchPolicyName,
        statements: [
          client.emr.elasticsearchAccess === "any"
            ? { effect: "Allow", actions: ["es:*"], resources: ["*"] }
            : search.readWriteStatement,
        ],
      });
    }

    // Who reaches whom
    hosts.allowSshFrom(director.securityGroup);
    emr.allowSshFrom(hosts.securityGroup);
    emr.allowMysqlTo(emrRds);
    for (const group of [...hosts.apiSecurityGroups, emr.master, emr.slave]) {
      search?.allowFrom(group);
    }
    if (!client.network.defaultSecurityGroup) {
      database.allowFrom(director.securityGroup);
      database.allowFrom(hosts.securityGroup);
    }
    if (hosts.serviceGroups) {
      emr.allowSshFrom(hosts.serviceGroups.jenkins);
      if (!client.network.defaultSecurityGroup) {
        database.allowFrom(hosts.serviceGroups.api);
      }
    }

    const alarms = props.alarmsProps(client, { hosts, director, buckets, loadBalancer });
    if (alarms) {
      new Alarms(this, "alarms", alarms);
    }

    writeOutputs(this, {
      client,
      network,
      emrSubnetId: emrSubnet.subnetId,
      director,
      hosts,
      loadBalancer,
      emr,
      database,
      edxappDatabase,
      buckets,
      gradesDownload,
      reportsUser,
      search,
      searchKey,
    });
    for (const warning of client.warnings) {
      Annotations.of(this).addWarning(withPages(warning));
    }
  }

  /** What ends TLS before Insights, where the client has it do so. */
  private loadBalancer(client: Client, network: Network, zone: PublicZone | undefined): LoadBalancer | undefined {
    const { loadBalancer, protected: isProtected } = client;
    return (
      loadBalancer &&
      new LoadBalancer(this, "load-balancer", {
        ...props.loadBalancerProps(loadBalancer, isProtected),
        vpc: network,
        subnetIds: loadBalancer.subnetIds ?? network.publicSubnetIds,
        zone,
      })
    );
  }

  /** The account's roles, managed or existing, and the role of the clusters' instances. */
  private emrRoles({ accountId, emr }: Client): IEmrRoles {
    const { roles, servicePolicy, instancePolicy, ec2RoleName } = emr;
    if (roles === "managed") {
      return new EmrRoles(this, "emr-roles", { accountId, servicePolicy, instancePolicy });
    }
    return ec2RoleName === undefined
      ? EmrRoles.fromExistingRoles(this, "emr-roles")
      : EmrRoles.fromExistingServiceRole(this, "emr-roles", { ec2RoleName, servicePolicy });
  }
}
