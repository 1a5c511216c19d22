import type { KMS } from "@aws-sdk/client-kms";
import type { Attributes } from "../attributes";
import { statementsIn } from "../policy-statements";
import { Service } from "./service";

/** What is asked of KMS. */
export class Kms extends Service<KMS> {
  readonly key = this.find(
    "kms:DescribeKey",
    async (KeyId: string) => (await this.client.describeKey({ KeyId })).KeyMetadata,
  );
  /** Statements of a key's policy, which its own account alone may ask for. */
  readonly statements = this.ask("kms:GetKeyPolicy", async (KeyId: string): Promise<readonly Attributes[]> => {
    const { Policy } = await this.client.getKeyPolicy({ KeyId, PolicyName: "default" });
    return statementsIn(Policy) ?? [];
  });
}
