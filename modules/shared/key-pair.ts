import { KeyPair as AwsKeyPair } from "@cdktf/provider-aws/lib/key-pair";
import type { Construct } from "constructs";
import type { KeyPairConfig } from "../../clients/config/hosts";

/** Name of a key pair: of one made from a public key, or of one that is there. */
export function keyPairName(scope: Construct, id: string, config: KeyPairConfig, name: string): string {
  const { existing, publicKey } = config;
  return existing ?? new AwsKeyPair(scope, id, { keyName: name, publicKey: publicKey as string }).keyName;
}
