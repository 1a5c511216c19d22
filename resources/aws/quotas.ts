import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { Service } from "./service";

/** What is asked of Service Quotas. */
export class Quotas extends Service<ServiceQuotasClient> {
  private readonly own = this.find(
    "servicequotas:GetServiceQuota",
    (ServiceCode: string, QuotaCode: string) => new GetServiceQuotaCommand({ ServiceCode, QuotaCode }),
    ({ Quota }) => Quota?.Value,
  );
  private readonly standard = this.ask(
    "servicequotas:GetAWSDefaultServiceQuota",
    (ServiceCode: string, QuotaCode: string) => new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode }),
    ({ Quota }) => Quota?.Value ?? Number.POSITIVE_INFINITY,
  );

  /** What AWS grants: the account's own value, or AWS's default where the account never asked for another. */
  async granted(service: string, code: string): Promise<number> {
    return (await this.own(service, code)) ?? this.standard(service, code);
  }
}
