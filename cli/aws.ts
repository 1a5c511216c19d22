import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticsearchServiceClient } from "@aws-sdk/client-elasticsearch-service";
import { IAMClient } from "@aws-sdk/client-iam";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { AwsError } from "./aws-error";
import { CommandError } from "./command-error";
import type { Deployment } from "./deployment";

/** Who the credentials are. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** AWS as Terraform would see it for a deployment: its region, and the role that is assumed to deploy. */
export class Aws {
  readonly ec2: EC2Client;
  readonly elasticsearch: ElasticsearchServiceClient;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly quotas: ServiceQuotasClient;
  readonly rds: RDSClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly sts: STSClient;

  /** @param region region of the clients, the deployment's or its state's */
  constructor(
    private readonly deployment: Pick<Deployment, "name" | "accountId" | "deployRoleArn">,
    region: string,
  ) {
    const { name, deployRoleArn } = deployment;
    const config = {
      region,
      credentials:
        deployRoleArn === undefined
          ? undefined
          : fromTemporaryCredentials({
              params: { RoleArn: deployRoleArn, RoleSessionName: `edx-analytics-${name}`.slice(0, 64) },
              clientConfig: { region },
            }),
    };
    this.ec2 = new EC2Client(config);
    this.elasticsearch = new ElasticsearchServiceClient(config);
    this.iam = new IAMClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.quotas = new ServiceQuotasClient(config);
    this.rds = new RDSClient(config);
    this.s3 = new S3Client({
      ...config,
      // A bucket may be in another region than was asked, which is told and not an error.
      followRegionRedirects: true,
      // An emulator has one host name, which no bucket name fits before.
      forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    });
    this.ssm = new SSMClient(config);
    this.sts = new STSClient(config);
  }

  /**
   * The answer to a call, whose error says what was asked, for whom, and what to do.
   * @param action IAM action that the call needs
   */
  async ask<T>(action: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw new AwsError(this.deployment.name, this.deployment.accountId, action, error);
    }
  }

  /**
   * As `ask`, and undefined where AWS says that there is none.
   * @param codes AWS's names of the error that says so
   */
  async askIfThere<T>(action: string, answer: Promise<T>, codes: readonly string[]): Promise<T | undefined> {
    try {
      return await this.ask(action, answer);
    } catch (error) {
      if (error instanceof AwsError && codes.includes(error.code)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Whose account it is; every AWS identity may ask this. */
  async identity(): Promise<Identity> {
    const { name, deployRoleArn } = this.deployment;
    try {
      const { Account = "", Arn = "" } = await this.ask(
        "sts:GetCallerIdentity",
        this.sts.send(new GetCallerIdentityCommand({})),
      );
      return { accountId: Account, arn: Arn };
    } catch (error) {
      if (deployRoleArn !== undefined && error instanceof AwsError && error.denied) {
        throw new CommandError(
          `${name}: these credentials may not assume \`deployRoleArn\`, ${deployRoleArn}: ${error.reason} Have the role trust them, or take others.`,
          { cause: error },
        );
      }
      throw error;
    }
  }
}
