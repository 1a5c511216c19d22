import type { ElasticsearchDomainStatus } from "@aws-sdk/client-elasticsearch-service";
import type { StackResource } from "../../resources/stack-resources";
import { type Comparison, replaced } from "./comparison";

/** Compares a domain with what the client file says. */
export function compareDomain(
  { draft, conflict }: Comparison,
  resource: StackResource,
  found: ElasticsearchDomainStatus,
  id: string,
): void {
  const { arguments: given, address } = resource;
  const cluster = found.ElasticsearchClusterConfig ?? {};
  const why = `as the domain ${found.DomainName} has it`;
  if (found.VPCOptions?.VPCId !== undefined) {
    conflict(address, `${found.DomainName} is inside ${found.VPCOptions.VPCId}, and the runbook's is not`);
  }
  if ((cluster.InstanceCount ?? 1) > 1 || cluster.DedicatedMasterEnabled) {
    conflict(address, `${found.DomainName} has several nodes, and the runbook's has one`);
  }
  const nodeToNode = found.NodeToNodeEncryptionOptions?.Enabled ?? false;
  if (nodeToNode !== (found.EncryptionAtRestOptions?.Enabled ?? false)) {
    conflict(
      address,
      `${id} is encrypted ${nodeToNode ? "between nodes, but not at rest" : "at rest, but not between nodes"}, and AWS makes another one for both or none`,
    );
  }
  const block = (block: string) => (given[block] ?? {}) as Readonly<Record<string, unknown>>;
  draft.compareAll("elasticsearch", why, {
    version: [given.elasticsearch_version, found.ElasticsearchVersion, "another version is an upgrade"],
    instanceType: [block("cluster_config").instance_type, cluster.InstanceType],
    volumeGiB: [block("ebs_options").volume_size, found.EBSOptions?.VolumeSize],
    encrypted: [block("encrypt_at_rest").enabled ?? false, found.EncryptionAtRestOptions?.Enabled ?? false, replaced],
    snapshotHourUtc: [
      block("snapshot_options").automated_snapshot_start_hour,
      found.SnapshotOptions?.AutomatedSnapshotStartHour,
    ],
  });
}
