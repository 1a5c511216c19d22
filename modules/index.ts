/** The public interface: constructs with their props, and the small interfaces that they pass to each other. */

export type { WatchedDatabase, WatchedDomain, WatchedHost, WatchedLoadBalancer } from "./alarm-metrics";
export { Alarms, type AlarmsProps } from "./alarms";
export {
  AnalyticsDatabase,
  type AnalyticsDatabaseProps,
  type DatabaseIteration,
} from "./analytics-database";
export {
  AnalyticsHosts,
  type AnalyticsHostsProps,
  type HostIteration,
  type HostsOfIteration,
} from "./analytics-hosts";
export { AnalyticsRole, type AnalyticsRoleProps } from "./analytics-role";
export { type CiRole, CiRoles, type CiRolesProps, type CiTokens } from "./ci-roles";
export { DataBucket, type DataBucketProps, type ExistingBucketOptions } from "./data-bucket";
export { type BucketOptions, DataBuckets, type DataBucketsProps } from "./data-buckets";
export { Director, type DirectorProps, type IDirector } from "./director";
export type { Playbooks } from "./director-tools";
export { EdxappDatabase, type EdxappDatabaseProps } from "./edxapp-database";
export {
  ElasticsearchDomain,
  type ElasticsearchDomainProps,
  type ElasticsearchUserProps,
  type ElasticsearchVpcOptions,
} from "./elasticsearch-domain";
export { type ElasticsearchLogPolicyProps, elasticsearchLogPolicy } from "./elasticsearch-log-policy";
export { makeElasticsearchServiceRole } from "./elasticsearch-service-role";
export { type EmrInstanceAccess, emrInstanceStatements } from "./emr-instance-policy";
export { emrRoleNames } from "./emr-role-names";
export {
  type EmrPolicyProps,
  EmrRoles,
  type EmrRolesProps,
  type IEmrRoles,
  type InstancePolicy,
  type OwnEc2RoleProps,
} from "./emr-roles";
export {
  AdditionalEmrSecurityGroups,
  type AdditionalEmrSecurityGroupsProps,
  EmrRdsSecurityGroup,
  type EmrRdsSecurityGroupProps,
  EmrSecurityGroups,
  type EmrSecurityGroupsProps,
  emrSecurityGroupNames,
  type IEmrSecurityGroups,
} from "./emr-security-groups";
export { Ephemeral, type EphemeralProps } from "./ephemeral";
export type { DefaultVpcOptions, ExistingVpcOptions } from "./existing-vpc";
export { GradesDownload, type GradesDownloadProps } from "./grades-download";
export { backupPolicyArn, HostBackups, type HostBackupsProps } from "./host-backups";
export type { IBucket, IInstanceProfile, INetwork, IPrincipal, IRole, IVpc } from "./interfaces";
export { LoadBalancer, type LoadBalancerProps } from "./load-balancer";
export {
  analyticsServer,
  edxappServer,
  type MysqlContents,
  type MysqlGrant,
  type MysqlUser,
} from "./mysql-databases-and-users";
export { type MysqlPasswordOptions, MysqlPasswords, type MysqlPasswordsProps } from "./mysql-passwords";
export {
  type MysqlConnection,
  type MysqlPassword,
  MysqlServer,
  type MysqlServerProps,
  RemovedMysqlServer,
} from "./mysql-server";
export { Network, type NetworkProps } from "./network";
export type { NewVpcOptions, Peering } from "./new-vpc";
export { PasswordReader, type PasswordReaderProps } from "./password-reader";
export { type IPeer, Peer } from "./peer";
export { PolicyDocument, type PolicyDocumentProps, type Statement } from "./policy-document";
export { type IPort, Port } from "./port";
export { PrivateSubnet, type PrivateSubnetProps } from "./private-subnet";
export { type AliasTarget, PublicZone, type PublicZoneProps, type ValidationRecord } from "./public-zone";
export { ReportsUser, type ReportsUserProps } from "./reports-user";
export {
  type ExistingSecurityGroupOptions,
  type ISecurityGroup,
  type ISecurityGroupRef,
  SecurityGroup,
  type SecurityGroupProps,
} from "./security-group";
export { SessionManager, type SessionManagerProps, sessionStatement } from "./session-manager";
export { importExisting, moveInState, removeFromState } from "./state";
export { UbuntuHost, type UbuntuHostOptions, type UbuntuHostProps } from "./ubuntu-host";
