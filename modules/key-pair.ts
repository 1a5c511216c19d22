import { DataAwsKeyPair } from "@cdktf/provider-aws/lib/data-aws-key-pair";
import { KeyPair as AwsKeyPair } from "@cdktf/provider-aws/lib/key-pair";
import type { Construct } from "constructs";

export interface KeyPairOptions {
  /** Name of the EC2 key pair. */
  readonly keyPairName: string;
  /**
   * OpenSSH public key that the pair is made from.
   * @default - the pair exists, and is looked up, so that a wrong name stops the plan
   */
  readonly publicKey?: string;
}

/** Name of a key pair, made or looked up. */
export function keyPairName(scope: Construct, id: string, { keyPairName: keyName, publicKey }: KeyPairOptions): string {
  return publicKey === undefined
    ? new DataAwsKeyPair(scope, id, { keyName }).keyName
    : new AwsKeyPair(scope, id, { keyName, publicKey }).keyName;
}
