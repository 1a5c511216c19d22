import type { IVpc } from "./interfaces";

/** What `Network` takes from a VPC, however it came about. */
export interface VpcPlace extends IVpc {
  readonly subnetId: string;
  readonly subnetCidr: string;
  readonly databaseSubnetIds: readonly string[];
  /** Id of the VPC's `default` group, looked up where it is wanted. */
  defaultSecurityGroupId(): string;
}
