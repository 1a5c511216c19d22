import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticsearchService } from "@aws-sdk/client-elasticsearch-service";
import { EMR } from "@aws-sdk/client-emr";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { RDS } from "@aws-sdk/client-rds";
import { Route53 as Route53Client } from "@aws-sdk/client-route-53";
import { S3 as S3Client } from "@aws-sdk/client-s3";
import { S3Control as S3ControlClient } from "@aws-sdk/client-s3-control";
import { ServiceQuotas } from "@aws-sdk/client-service-quotas";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { Ec2 } from "./ec2";
import { Elasticsearch } from "./elasticsearch";
import { Emr } from "./emr";
import type { Asker } from "./errors";
import { Iam } from "./iam";
import { Kms } from "./kms";
import { Logs } from "./logs";
import { Quotas } from "./quotas";
import { Rds } from "./rds";
import { Route53 } from "./route53";
import { S3 } from "./s3";
import { S3Control } from "./s3-control";
import { Ssm } from "./ssm";
import { Sts } from "./sts";

/**
 * How long one try of a request may take, in milliseconds: until there is a connection, and until the end of its answer or
 * between two parts of it. The SDK waits for ever; with its three tries, these end a request after half a minute.
 */
const defaultTimeOuts = { connection: 5_000, answer: 10_000 };

/** What the SDK does by itself, unless AWS_MAX_ATTEMPTS makes it more: a request has to end. */
const tries = 3;

/** AWS as Terraform would see it for a deployment: its region, and the role that is assumed to deploy. */
export class Aws {
  readonly accountId: string;
  private readonly stsClient: STS;
  private readonly config;
  private readonly services = new Map<unknown, unknown>();

  /** @param region region of the clients, the deployment's or its state's */
  constructor(
    private readonly asker: Asker,
    readonly region: string,
    timeOuts = defaultTimeOuts,
  ) {
    const { name, accountId, deployRoleArn } = asker;
    const client = {
      region,
      maxAttempts: tries,
      requestHandler: {
        connectionTimeout: timeOuts.connection,
        requestTimeout: timeOuts.answer,
        throwOnRequestTimeout: true,
        socketTimeout: timeOuts.answer,
      },
    };
    const session = { RoleArn: deployRoleArn, RoleSessionName: `edx-analytics-${name}`.slice(0, 64) };
    const assumed = fromTemporaryCredentials({ params: session, clientConfig: client });
    this.stsClient = new STS({ ...client, credentials: deployRoleArn === undefined ? undefined : assumed });
    // Of one client, so that all others have what it was given: a role is assumed once.
    this.config = { ...client, credentials: this.stsClient.config.credentials };
    this.accountId = accountId;
  }

  get ec2(): Ec2 {
    return this.once(Ec2, () => new EC2(this.config));
  }

  get elasticsearch(): Elasticsearch {
    return this.once(Elasticsearch, () => new ElasticsearchService(this.config));
  }

  get emr(): Emr {
    return this.once(Emr, () => new EMR(this.config));
  }

  get iam(): Iam {
    return this.once(Iam, () => new IAM(this.config));
  }

  get kms(): Kms {
    return this.once(Kms, () => new KMS(this.config));
  }

  get logs(): Logs {
    return this.once(Logs, () => new CloudWatchLogs(this.config));
  }

  get quotas(): Quotas {
    return this.once(Quotas, () => new ServiceQuotas(this.config));
  }

  get rds(): Rds {
    return this.once(Rds, () => new RDS(this.config));
  }

  get route53(): Route53 {
    return this.once(Route53, () => new Route53Client(this.config));
  }

  get s3(): S3 {
    return this.once(
      S3,
      () =>
        new S3Client({
          ...this.config,
          // A bucket may be in another region than was asked, which is told and not an error.
          followRegionRedirects: true,
          // An emulator has one host name, which no bucket name fits before.
          forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
        }),
    );
  }

  get s3Control(): S3Control {
    return this.once(S3Control, () => new S3ControlClient(this.config));
  }

  get ssm(): Ssm {
    return this.once(Ssm, () => new SSM(this.config));
  }

  get sts(): Sts {
    return this.once(Sts, () => this.stsClient);
  }

  /** A service is made when it is first asked: most commands ask few, and a client of the SDK takes its time. */
  private once<C, S>(service: new (client: C, asker: Asker) => S, client: () => C): S {
    const made = (this.services.get(service) as S | undefined) ?? new service(client(), this.asker);
    this.services.set(service, made);
    return made;
  }
}
