import type { STS } from "@aws-sdk/client-sts";
import { identityAction } from "./errors";
import { Service } from "./service";

/** Who the credentials are. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** What is asked of STS. */
export class Sts extends Service<STS> {
  /** Whose account it is; every AWS identity may ask this. */
  readonly identity = this.ask(identityAction, async (): Promise<Identity> => {
    const { Account = "", Arn = "" } = await this.client.getCallerIdentity();
    return { accountId: Account, arn: Arn };
  });
}
