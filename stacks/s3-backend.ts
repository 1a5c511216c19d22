import { S3Backend, type TerraformStack } from "cdktf";
import type { State } from "../config/client";
import type { AwsProviderProps } from "./aws-provider";

export interface S3BackendProps extends Pick<AwsProviderProps, "accountId" | "deployRoleArn"> {
  /** Where the state is kept. */
  readonly state: State;
}

/** The state of a stack in S3, encrypted and locked by S3 itself. */
export function addS3Backend(stack: TerraformStack, key: string, props: S3BackendProps): void {
  const { state, accountId, deployRoleArn } = props;
  // The role is of the account that is deployed to; state elsewhere is reached with the operator's own credentials.
  const assumesRole = deployRoleArn !== undefined && state.accountId === accountId;
  new S3Backend(stack, {
    bucket: state.bucket,
    key,
    region: state.region,
    encrypt: true,
    allowedAccountIds: [state.accountId],
    assumeRole: assumesRole ? { roleArn: deployRoleArn } : undefined,
  }).addOverride("use_lockfile", true);
}
