import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { Construct } from "constructs";
import type { EdxappConfig } from "../clients/config/edxapp";
import type { IEmrSecurityGroups } from "./emr-security-groups";
import type { Network } from "./network";
import { ExtendedSecurityGroup, type ISecurityGroup, range, tcp } from "./shared/security-group";

export interface EdxappDatabaseProps {
  readonly config: EdxappConfig["database"];
  readonly region: string;
  readonly network: Network;
  readonly emr: IEmrSecurityGroups;
  /** `EMR RDS`, which the runbook adds to the server's groups. */
  readonly emrRds: ISecurityGroup;
}

/**
 * The existing edxapp RDS (runbook, RDS). Terraform cannot put a group on an instance that is not its own: either its
 * own group gets ingress rules, or its owner runs the command that is an output.
 */
export class EdxappDatabase extends Construct {
  readonly address: string;
  readonly port: number;
  /** The command that adds `EMR RDS` to the server's groups, which `modify-db-instance` replaces as a whole. */
  readonly attachCommand: string;

  constructor(scope: Construct, id: string, props: EdxappDatabaseProps) {
    super(scope, id);
    const { config, network, emr } = props;
    const server = config.identifier === undefined ? undefined : this.lookUp(config.identifier, config);
    this.address = server?.address ?? (config.address as string);
    this.port = server?.port ?? config.port;
    this.attachCommand = attachCommand(
      props.emrRds,
      config.identifier === undefined
        ? instanceAt(this.address)
        : { identifier: config.identifier, region: props.region },
      server ? `${server.fqn}.vpc_security_groups` : JSON.stringify(config.securityGroupIds),
    );

    if (config.access !== "print") {
      const groupId =
        config.ruleSecurityGroupId ??
        (server ? `\${one(${server.fqn}.vpc_security_groups)}` : (config.securityGroupIds?.[0] as string));
      const group = new ExtendedSecurityGroup(this, "Group", groupId);
      const port = tcp("mysql", this.port);
      if (config.access === "group-rules") {
        group.allowFrom(emr.master, port);
        group.allowFrom(emr.slave, port);
      } else {
        group.allowFrom({ ...range(network.subnetCidr), peerName: "emr-subnet" }, port);
      }
    }
  }

  private lookUp(identifier: string, { access, ruleSecurityGroupId }: EdxappConfig["database"]): DataAwsDbInstance {
    return new DataAwsDbInstance(this, "Resource", {
      dbInstanceIdentifier: identifier,
      lifecycle:
        access === "print"
          ? undefined
          : {
              postcondition: [
                ruleSecurityGroupId === undefined
                  ? {
                      condition: "${length(self.vpc_security_groups) == 1}",
                      errorMessage:
                        'The edxapp RDS has several security groups: ${join(", ", self.vpc_security_groups)}. Name the one that gets the rules in `edxapp.database.ruleSecurityGroupId`.',
                    }
                  : {
                      condition: `\${contains(self.vpc_security_groups, "${ruleSecurityGroupId}")}`,
                      errorMessage:
                        '`edxapp.database.ruleSecurityGroupId` is not among the edxapp RDS\'s security groups: ${join(", ", self.vpc_security_groups)}. Name one of them.',
                    },
              ],
            },
    });
  }
}

interface RdsInstance {
  readonly identifier: string;
  readonly region: string;
}

/** @param groups the server's groups, as a Terraform expression */
function attachCommand({ securityGroupId }: ISecurityGroup, instance: RdsInstance | undefined, groups: string): string {
  if (instance === undefined) {
    return `The edxapp server is not addressed as an RDS instance: ask its owner to give it the group ${securityGroupId}.`;
  }
  const union = `\${join(" ", setunion(${groups}, [${securityGroupId}]))}`;
  return `aws rds modify-db-instance --region ${instance.region} --db-instance-identifier ${instance.identifier} --vpc-security-group-ids ${union} --apply-immediately`;
}

/** The instance that an RDS address names: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ConnectToInstance.html. */
function instanceAt(address: string): RdsInstance | undefined {
  const [, identifier, region] =
    /^([a-z][a-z0-9-]*)\.(?!cluster-)[a-z0-9]+\.([a-z0-9-]+)\.rds\.amazonaws\.com$/.exec(address) ?? [];
  return identifier === undefined || region === undefined ? undefined : { identifier, region };
}
