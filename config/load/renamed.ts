/**
 * Fields of former client files, by their path, with what they are called now; a `*` is any key. docs/upgrading.md has the
 * same table.
 */
export const renamedFields: Readonly<Record<string, string>> = {
  name: "the client's name is the file's: remove the field",
  "names.provisionPolicy": "it is `hosts.role.policyName` now",
  "names.analyticsRole": "it is `hosts.role.name` now",
  "names.elasticsearchUser": "it is `elasticsearch.userName` now",
  "names.elasticsearchPolicy": "it is `elasticsearch.policyName` now",
  "names.directorRole": "it is `director.passwordReader.roleName` now",
  "names.reportsUser": "it is `buckets.apiReports.userName` now",
  "names.analyticsKeyPair": "it is `hosts.keyPair.name` now",
  "names.directorKeyPair": "it is `director.keyPair.name` now",
  "names.analyticsSecurityGroup": "it is `hosts.securityGroup.name` now",
  "names.directorSecurityGroup": "it is `director.securityGroup.name` now",
  "names.emrRdsSecurityGroup": "it is `emr.rdsSecurityGroup.name` now",
  "names.analyticsHost": "it is `hosts.name` now",
  "names.directorHost": "it is `director.name` now",
  "names.databaseIdentifier": "it is `database.identifier` now",
  names: "each name stands with the thing that it names now, as in `hosts.role.name`",
  "securityGroupDescriptions.analytics": "it is `hosts.securityGroup.description` now",
  "securityGroupDescriptions.director": "it is `director.securityGroup.description` now",
  "securityGroupDescriptions.emrMaster": "it is `emr.securityGroups.master.description` now",
  "securityGroupDescriptions.emrSlave": "it is `emr.securityGroups.slave.description` now",
  "securityGroupDescriptions.emrRds": "it is `emr.rdsSecurityGroup.description` now",
  securityGroupDescriptions: "each description stands with its group now, as in `hosts.securityGroup.description`",
  "existingSecurityGroups.analytics": "write `hosts.securityGroup: { existing: … }` now",
  "existingSecurityGroups.emrRds": "write `emr.rdsSecurityGroup: { existing: … }` now",
  existingSecurityGroups:
    "an existing group stands in the group's place now, as in `hosts.securityGroup: { existing: … }`",
  allowRetired: "it is `allowDiscontinued` now",
  "director.existingSecurityGroupId": "write `director: { existing: … }` now",
  "director.readsMysqlPasswords": "write `director.passwordReader: {}` for true, and nothing for false",
  "hosts.webFrom": "it is `hosts.securityGroup.webFrom` now",
  "configurationFiles.tls":
    'it is `tls` of the client now; a load balancer that this stack does not manage is { on: "load-balancer", existing: true }',
  "database.existingSubnetGroup": "write `database.subnetGroup: { existing: … }` now",
  "mysql.existingPasswords": "write `mysql.passwords.<user>: { existing: true }` now",
  "mysql.passwordVersions": "write `mysql.passwords.<user>: { version: … }` now",
  "elasticsearch.logResourcePolicy":
    'write `elasticsearch.applicationLogs: { resourcePolicy: {} }` for "create", `elasticsearch.applicationLogs: { resourcePolicy: { existing: true } }` for "existing"',
  "buckets.*.create":
    'write `{ existing: "name" }` for `create: false`; for true remove `create`, and keep the bucket\'s `{}`',
  region: "account and region are the file's name: remove the field",
  accountId: "account and region are the file's name: remove the field",
  emrRoles: 'write `emr.roles: { existing: true }` for "existing", and nothing for "create"',
  servicePolicy: "it is `emr.servicePolicy` now",
};

const withoutShared = 'write `{}` now, or nothing; nothing with `sharing: "shared-stack"`';

/** Values of former client files, by the path of their field. */
export const renamedValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "emr.roles": { create: withoutShared, existing: "write `{ existing: true }` now" },
  "emr.securityGroups": { create: withoutShared, existing: "write `{ existing: true }` now" },
  "ci.github.identityProvider": { create: "write `{}` now", existing: "write `{ existing: true }` now" },
  "ci.gitlab.identityProvider": { create: "write `{}` now", existing: "write `{ existing: true }` now" },
  "database.iterations.*.masterPassword": { existing: "write `{ existing: true }` now" },
  "elasticsearch.applicationLogs": { true: "write `{}` now", false: "remove the field" },
};

/** What a table says of a path. */
export function saidOf<T>(table: Readonly<Record<string, T>>, path: string): T | undefined {
  const found = path.split(".");
  const [, said] =
    Object.entries(table).find(([pattern]) => {
      const wanted = pattern.split(".");
      return wanted.length === found.length && wanted.every((key, index) => key === "*" || key === found[index]);
    }) ?? [];
  return said;
}
