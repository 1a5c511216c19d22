import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { identityAction } from "./errors";
import type { Questions } from "./questions";

/** Who the credentials are. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** What is asked of STS. */
export class Sts {
  constructor(
    private readonly client: STSClient,
    private readonly questions: Questions,
  ) {}

  /** Whose account it is; every AWS identity may ask this. */
  async identity(): Promise<Identity> {
    const { Account = "", Arn = "" } = await this.questions.ask(identityAction, "", () =>
      this.client.send(new GetCallerIdentityCommand({})),
    );
    return { accountId: Account, arn: Arn };
  }
}
