import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticsearchServiceClient } from "@aws-sdk/client-elasticsearch-service";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Prerequisites } from "./prerequisites";
import { end, start, tail } from "./processes";

/** One emulated AWS account, in a process of its own. */
export class World {
  readonly ec2: EC2Client;
  readonly es: ElasticsearchServiceClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly rds: RDSClient;
  readonly route53: Route53Client;
  readonly s3: S3Client;
  readonly ssm: SSMClient;

  private constructor(
    readonly tools: Prerequisites,
    /** The part that it is for. */
    readonly name: string,
    readonly endpoint: string,
    readonly accountId: string,
    readonly region: string,
    private readonly server: ChildProcess,
  ) {
    const config = { endpoint, region, credentials };
    this.ec2 = new EC2Client(config);
    this.es = new ElasticsearchServiceClient(config);
    this.iam = new IAMClient(config);
    this.kms = new KMSClient(config);
    this.rds = new RDSClient(config);
    this.route53 = new Route53Client(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.ssm = new SSMClient(config);
  }

  /** Starts an empty account. */
  static async start(tools: Prerequisites, name: string, accountId: string, region: string): Promise<World> {
    const port = await freePort();
    const server = start(tools.python, [join(__dirname, "..", "emulator", "server.py"), String(port), accountId]);
    let log = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream?.on("data", (chunk) => {
        log = (log + chunk).slice(-20_000);
      });
    }
    const endpoint = `http://localhost:${port}`;
    await answering(endpoint, () => {
      if (server.exitCode !== null) {
        throw new Error(`The emulator ended with ${server.exitCode}:\n${tail(log)}`);
      }
    });
    return new World(tools, name, endpoint, accountId, region, server);
  }

  /** The environment of commands that talk to this account. */
  environment(endpoint = this.endpoint): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: this.region,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      TF_CLI_CONFIG_FILE: this.tools.cliConfig,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      CI: "1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    };
  }

  /** Runs something while the emulator asks IAM about every call, which it otherwise does not. */
  async enforcingIam<T>(play: () => Promise<T>): Promise<T> {
    const freeCalls = (count: string) => fetch(`${this.endpoint}/moto-api/reset-auth`, { method: "POST", body: count });
    await freeCalls("0");
    try {
      return await play();
    } finally {
      await freeCalls("inf");
    }
  }

  stop(): void {
    end(this.server, "SIGKILL");
  }
}

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "emulator" };

/** A free port of this machine. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answering(endpoint: string, check: () => void): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    check();
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The emulator does not answer at ${endpoint}`);
}
