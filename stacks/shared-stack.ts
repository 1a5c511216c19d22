import type { Construct } from "constructs";
import type { SharedStack as Shared } from "../config/client";
import { elasticsearchLogPolicy } from "../modules/elasticsearch-log-policy";
import { makeElasticsearchServiceRole } from "../modules/elasticsearch-service-role";
import { EmrRoles } from "../modules/emr-roles";
import { EmrSecurityGroups } from "../modules/emr-security-groups";
import { lookUpDefaultSubnet, lookUpSubnet, lookUpVpc, tagForEmr } from "../modules/existing-vpc";
import { emrGroupsProps } from "./client-props";
import { ClientStack } from "./client-stack";
import { StateGuard } from "./state-guard";

/** What the clients of one account and region share, each of which could otherwise not be destroyed without the others. */
export class SharedStack extends ClientStack {
  constructor(scope: Construct, shared: Shared) {
    super(scope, shared.stacks.main, { ...shared, permissionsBoundaryArn: shared.ci?.boundaryArn });
    new StateGuard(this, "state", shared);
    const { accountId, region, network } = shared;
    const { servicePolicy, instancePolicy, securityGroups } = shared.emr;
    if (shared.emr.roles === "managed") {
      new EmrRoles(this, "emr-roles", { accountId, servicePolicy, instancePolicy, protected: shared.protected });
    }
    const vpcId = lookUpVpc(this, "network", network.vpc === "existing" ? network.vpcId : undefined).id;
    if (servicePolicy === "v2") {
      this.tagSubnets(network, vpcId);
    }
    const emr = new EmrSecurityGroups(this, "emr", {
      vpc: { vpcId },
      ...emrGroupsProps({ securityGroups, servicePolicy }),
      protected: shared.protected,
    });
    elasticsearchLogPolicy(this, "elasticsearch-logs", { policyName: shared.logPolicyName, region, accountId });
    if (shared.elasticsearchServiceRole) {
      makeElasticsearchServiceRole(this, "elasticsearch-service-role");
    }

    this.output("emr_master_security_group_id", {
      description: "ElasticMapReduce-master, of the masters of every client's EMR clusters",
      value: emr.master.securityGroupId,
    });
    this.output("emr_slave_security_group_id", {
      description: "ElasticMapReduce-slave, of the slaves of every client's EMR clusters",
      value: emr.slave.securityGroupId,
    });
  }

  /** Without `prevent_destroy`, so that a subnet which no client uses any more can leave the list. */
  private tagSubnets(network: Shared["network"], vpcId: string): void {
    const hint = "the VPC of the client file. Correct `network.subnetIds` or `network.vpcId`.";
    const subnets =
      network.vpc === "existing"
        ? (network.subnetIds ?? []).map((id) => lookUpSubnet(this, `network-${id}`, vpcId, id, hint))
        : (network.zones ?? []).map((zone) => lookUpDefaultSubnet(this, `network-${zone}`, vpcId, zone));
    for (const subnet of subnets) {
      tagForEmr(this, subnet.node.id, subnet.id);
    }
  }
}
