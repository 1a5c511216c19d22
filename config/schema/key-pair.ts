import { orExisting } from "./existing";
import { publicKey } from "./public-keys";
import { resourceName } from "./resource-name";

const tooLong = { error: "AWS takes 255 characters here. Shorten it." };

/** Name of a key pair. */
export const keyPairName = resourceName("keyPair").max(255, tooLong);

/** EC2 key pair: imported into EC2 from a public key, or an existing one of the region, by its name. */
export const keyPair = orExisting(keyPairName, {
  /** OpenSSH public key, one line; the private key stays with the operator. */
  publicKey,
  /**
   * Name of the key pair.
   * @default - the runbook's, `analytics` or `director`, by `naming`
   */
  name: keyPairName.optional(),
});
