import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import type { Questions } from "./questions";

/** What is asked of Service Quotas. */
export class Quotas {
  constructor(
    private readonly client: ServiceQuotasClient,
    private readonly questions: Questions,
  ) {}

  /** What AWS grants: the account's own value, or AWS's default where the account never asked for another. */
  async granted(ServiceCode: string, QuotaCode: string): Promise<number> {
    const subject = `${ServiceCode} ${QuotaCode}`;
    const own = await this.questions.find("servicequotas:GetServiceQuota", subject, () =>
      this.client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode })),
    );
    if (own?.Quota?.Value !== undefined) {
      return own.Quota.Value;
    }
    const standard = await this.questions.ask("servicequotas:GetAWSDefaultServiceQuota", subject, () =>
      this.client.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode })),
    );
    return standard.Quota?.Value ?? Number.POSITIVE_INFINITY;
  }
}
