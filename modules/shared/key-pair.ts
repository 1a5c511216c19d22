import { DataAwsKeyPair } from "@cdktf/provider-aws/lib/data-aws-key-pair";
import { KeyPair as AwsKeyPair } from "@cdktf/provider-aws/lib/key-pair";
import type { Construct } from "constructs";
import type { KeyPairConfig } from "../../clients/config/hosts";

/** Name of a key pair: of one made from a public key, or of one that is there, looked up so that a wrong name stops the plan. */
export function keyPairName(scope: Construct, id: string, config: KeyPairConfig, name: string): string {
  const { existing, publicKey } = config;
  if (existing !== undefined) {
    return new DataAwsKeyPair(scope, id, { keyName: existing }).keyName;
  }
  return new AwsKeyPair(scope, id, { keyName: name, publicKey: publicKey as string }).keyName;
}
