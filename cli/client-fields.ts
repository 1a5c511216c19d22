/** The client file's field of a host, database, key pair, bucket or security group, by the address of its resource or data source. */
export function fieldOf(address: string): string {
  const [, kind = "", key = ""] = /(?:^|\.)aws_(\w+)\.(\w+)$/.exec(address) ?? [];
  const [iteration] = /\d+/.exec(key) ?? [];
  switch (kind) {
    case "instance":
      return iteration === undefined ? "director" : `hosts.iterations.${iteration}`;
    case "key_pair":
      return key === "director" ? "director.keyPair" : "hosts.keyPair";
    case "db_instance":
    case "db_parameter_group":
      return `database.iterations.${iteration}`;
    case "security_group":
      return groupFields[key] ?? "";
    default:
      return `buckets.${key.replace(/^buckets_/, "").replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  }
}

const groupFields: Readonly<Record<string, string>> = {
  analytics: "hosts.securityGroup",
  analytics_api: "hosts.apiSecurityGroup",
  analytics_jenkins: "hosts.jenkinsSecurityGroup",
  director: "director.securityGroup",
  emr_master: "emr.securityGroups.master",
  emr_slave: "emr.securityGroups.slave",
  database_emr_rds: "emr.rdsSecurityGroup",
  elasticsearch: "elasticsearch.vpc.securityGroup",
};
