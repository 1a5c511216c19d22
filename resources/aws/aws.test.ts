import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Aws } from "./aws";

const timeOuts = { connection: 100, answer: 20 };
const environment = process.env;
const sockets = new Set<Socket>();
let connections = 0;
let server: Server;

beforeEach(async () => {
  connections = 0;
  // The SDK waits for a random share of a time before it tries again.
  jest.spyOn(Math, "random").mockReturnValue(0);
  // Accepts, and never answers.
  server = createServer((socket) => {
    connections += 1;
    sockets.add(socket.on("error", () => {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_MAX_ATTEMPTS: "100",
  };
});

afterEach(async () => {
  process.env = environment;
  jest.restoreAllMocks();
  for (const socket of sockets) {
    socket.destroy();
  }
  await new Promise((closed) => server.close(closed));
});

const aws = (deployRoleArn?: string) =>
  new Aws({ name: "acme", accountId: "123456789012", deployRoleArn }, "eu-west-1", timeOuts);

describe("a request that is accepted and never answered", () => {
  it("ends, after as many tries as the SDK makes, and says so", async () => {
    await expect(aws().sts.identity()).rejects.toMatchObject({
      hopeless: true,
      message: expect.stringMatching(
        /^acme: AWS did not answer in time: sts:GetCallerIdentity, tried several times \(ETIMEDOUT\)\. Check the network, .* AWS_ENDPOINT_URL, which is http:/,
      ),
    });
    expect(connections).toBe(3);
  });

  it.each<[string, (aws: Aws) => Promise<unknown>]>([
    ["S3", ({ s3 }) => s3.bucket("acme")],
    ["a paginator", ({ ec2 }) => ec2.vpcs()],
    ["a write", ({ s3 }) => s3.encrypt("acme")],
  ])("ends for %s", async (_, question) => {
    await expect(question(aws())).rejects.toMatchObject({ code: "ETIMEDOUT", hopeless: true });
  });

  it("ends where the role is assumed", async () => {
    await expect(aws("arn:aws:iam::123456789012:role/deploy").ec2.vpcs()).rejects.toMatchObject({ hopeless: true });
  });
});

it("an answer that stops in the middle ends too", async () => {
  server.on("connection", (socket) =>
    socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<half")),
  );

  await expect(aws().s3.readObject({ bucket: "acme", key: "creds" })).rejects.toThrow(
    /^acme: AWS did not answer in time: s3:GetObject/,
  );
});

it("assumes the role once for all services", async () => {
  const assumed =
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>x</SecretAccessKey>" +
    "<SessionToken>y</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
  let times = 0;
  server.on("connection", (socket) =>
    socket.on("data", (data) => {
      if (data.includes("Action=AssumeRole")) times += 1;
      const [status, body] = data.includes("Action=AssumeRole") ? ["200 OK", assumed] : ["403 Forbidden", ""];
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    }),
  );
  const { ec2, iam, rds } = new Aws(
    { name: "acme", accountId: "123456789012", deployRoleArn: "arn:aws:iam::123456789012:role/deploy" },
    "eu-west-1",
  );

  for (const question of [() => ec2.vpcs(), () => iam.role("acme"), () => rds.instance("acme")]) {
    await expect(question()).rejects.toThrow();
  }
  expect(times).toBe(1);
});
