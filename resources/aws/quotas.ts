import type { ServiceQuotas } from "@aws-sdk/client-service-quotas";
import { Service } from "./service";

/** What is asked of Service Quotas. */
export class Quotas extends Service<ServiceQuotas> {
  private readonly own = this.find(
    "servicequotas:GetServiceQuota",
    async (ServiceCode: string, QuotaCode: string) =>
      (await this.client.getServiceQuota({ ServiceCode, QuotaCode })).Quota?.Value,
  );
  private readonly standard = this.ask(
    "servicequotas:GetAWSDefaultServiceQuota",
    async (ServiceCode: string, QuotaCode: string) =>
      (await this.client.getAWSDefaultServiceQuota({ ServiceCode, QuotaCode })).Quota?.Value ??
      Number.POSITIVE_INFINITY,
  );

  /** What AWS grants: the account's own value, or AWS's default where the account never asked for another. */
  async granted(service: string, code: string): Promise<number> {
    return (await this.own(service, code)) ?? this.standard(service, code);
  }
}
