import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { Construct } from "constructs";
import type { IEmrSecurityGroups } from "./emr-security-groups";
import type { INetwork } from "./interfaces";
import { Peer } from "./peer";
import { Port } from "./port";
import { type ISecurityGroupRef, SecurityGroup } from "./security-group";

export interface EdxappDatabaseProps {
  /**
   * Identifier of the RDS instance in this account and region; its address, port and groups are looked up.
   * @default - `address` is used
   */
  readonly identifier?: string;
  /**
   * Host name of the server, without port.
   * @default - looked up by `identifier`
   */
  readonly address?: string;
  /**
   * Port of the server at `address`.
   * @default 3306
   */
  readonly port?: number;
  /**
   * Groups of the server at `address`, the whole list.
   * @default - looked up by `identifier`
   */
  readonly securityGroups?: readonly ISecurityGroupRef[];
  /**
   * The one group that gets the ingress rules.
   * @default - the server's only group
   */
  readonly ruleSecurityGroup?: ISecurityGroupRef;
  /**
   * How errors call `ruleSecurityGroup`, as where a file of settings has it.
   * @default "ruleSecurityGroup"
   */
  readonly ruleSecurityGroupField?: string;
  /**
   * How EMR gets to reach the server: `group-rules` from EMR's groups, `cidr-rules` from the range of EMR's subnet, as for
   * a server in another VPC; both on the server's own group. With `print` no rule is added.
   */
  readonly access: "group-rules" | "cidr-rules" | "print";
  /** Region of the instance that `identifier` names. */
  readonly region: string;
  /** The network, or another place of EMR's clusters, whose range `cidr-rules` let in. */
  readonly network: Pick<INetwork, "subnetCidr">;
  readonly emr: Pick<IEmrSecurityGroups, "master" | "slave">;
  /** `EMR RDS`, which the runbook adds to the server's groups. */
  readonly emrRds: ISecurityGroupRef;
}

/**
 * The existing edxapp RDS (runbook, RDS). Terraform cannot put a group on an instance that it does not manage: either the
 * server's own group gets ingress rules, or its owner runs the command that is an output.
 */
export class EdxappDatabase extends Construct {
  readonly address: string;
  readonly port: number;
  /** The command that adds `EMR RDS` to the server's groups, which `modify-db-instance` replaces as a whole. */
  readonly attachCommand: string;

  constructor(scope: Construct, id: string, props: EdxappDatabaseProps) {
    super(scope, id);
    const { identifier, access, network, emr, region } = props;
    if (identifier === undefined && (props.address === undefined || props.securityGroups === undefined)) {
      throw new Error(
        `${this.node.path}: the server is not named. Set \`identifier\`, or \`address\` and \`securityGroups\`.`,
      );
    }
    const groupIds = props.securityGroups?.map(({ securityGroupId }) => securityGroupId);
    const server = identifier === undefined ? undefined : this.lookUp(identifier, props);
    this.address = server?.address ?? (props.address as string);
    this.port = server?.port ?? props.port ?? 3306;
    const groups = server ? `${server.fqn}.vpc_security_groups` : JSON.stringify(groupIds);
    this.attachCommand = attachCommand(
      identifier === undefined ? instanceAt(this.address) : { identifier, region },
      `\${join(" ", setunion(${groups}, [${props.emrRds.securityGroupId}]))}`,
    );

    if (access !== "print") {
      const groupId =
        props.ruleSecurityGroup?.securityGroupId ??
        (server ? `\${one(${server.fqn}.vpc_security_groups)}` : (groupIds?.[0] as string));
      const group = SecurityGroup.fromSecurityGroupId(this, "Group", groupId);
      const port = Port.tcp(this.port, "mysql");
      const peers = access === "group-rules" ? [emr.master, emr.slave] : [Peer.ipv4(network.subnetCidr, "emr-subnet")];
      for (const peer of peers) {
        group.allowFrom(peer, port);
      }
    }
  }

  private lookUp(identifier: string, props: EdxappDatabaseProps): DataAwsDbInstance {
    return new DataAwsDbInstance(this, "Resource", {
      dbInstanceIdentifier: identifier,
      lifecycle: props.access === "print" ? undefined : { postcondition: [hasRuleGroup(props)] },
    });
  }
}

function hasRuleGroup({ ruleSecurityGroup, ruleSecurityGroupField: field = "ruleSecurityGroup" }: EdxappDatabaseProps) {
  const groups = '${join(", ", self.vpc_security_groups)}';
  return ruleSecurityGroup === undefined
    ? {
        condition: "${length(self.vpc_security_groups) == 1}",
        errorMessage: `The edxapp RDS has several security groups: ${groups}. Name the one that gets the rules in \`${field}\`.`,
      }
    : {
        condition: `\${contains(self.vpc_security_groups, "${ruleSecurityGroup.securityGroupId}")}`,
        errorMessage: `\`${field}\` is not among the edxapp RDS's security groups: ${groups}. Name one of them.`,
      };
}

interface RdsInstance {
  readonly identifier: string;
  readonly region: string;
}

/** @param groups the whole list that the server gets, as every way to give it one replaces the former */
function attachCommand(instance: RdsInstance | undefined, groups: string): string {
  return instance === undefined
    ? `The edxapp server is not addressed as an RDS instance: ask its owner to give it the groups ${groups}, the whole list.`
    : `aws rds modify-db-instance --region ${instance.region} --db-instance-identifier ${instance.identifier} --vpc-security-group-ids ${groups} --apply-immediately`;
}

/** The instance that an RDS address names: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ConnectToInstance.html. */
function instanceAt(address: string): RdsInstance | undefined {
  const [, identifier, region] =
    /^([a-z][a-z0-9-]*)\.(?!cluster-)[a-z0-9]+\.([a-z0-9-]+)\.rds\.amazonaws\.com$/.exec(address) ?? [];
  return identifier === undefined || region === undefined ? undefined : { identifier, region };
}
