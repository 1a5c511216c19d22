import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand, ListTagsCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { HeadBucketCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { SharedStack } from "../config/client";
import { checkFiles } from "../config/load/load";
import { fakeTerminal } from "../test/fake-terminal";
import {
  asked,
  ec2,
  elasticsearch,
  failing,
  iam,
  logs,
  ownTags,
  quotas,
  rds,
  readyAccount,
  s3,
  sts,
} from "../test/ready-account";
import { main } from "./main";

beforeEach(readyAccount);

describe("edx-analytics preflight", () => {
  it("finds nothing against a client in an account that is ready", async () => {
    const { error, notOk, rows, summary } = await asked();

    expect(notOk).toEqual([]);
    expect(error).toBeUndefined();
    expect(summary).toBe(`\n${rows.length} ok, 0 warnings, 0 refused, 0 not asked.`);
    expect(rows.length).toBeGreaterThan(35);
  });

  it("asks nothing of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" });

    expect((await asked()).error?.message).toContain("these credentials are of account 999999999999");
    expect([...ec2.calls(), ...iam.calls(), ...s3.calls()]).toEqual([]);
  });

  it("changes nothing", async () => {
    await asked();

    const names = [ec2, iam, logs, rds, s3, elasticsearch, quotas].flatMap((client) =>
      client.calls().map(({ args }) => args[0].constructor.name),
    );
    expect(names.filter((name) => !/^(Describe|Get|Head|List)/.test(name))).toEqual([]);
  });

  it("fails, and says how many answers are against a deploy", async () => {
    s3.on(HeadBucketCommand, { Bucket: "example-terraform-state" }).rejects(failing("NotFound"));

    const { error, notOk, summary } = await asked();

    expect(notOk).toEqual([
      "refused bucket example-terraform-state does not exist. `npx edx-analytics state example` makes it.",
    ]);
    expect(summary).toMatch(/ 0 warnings, 1 refused, 0 not asked\.$/);
    expect(error?.message).toBe("example: a deploy would fail. Correct what is refused, then repeat the command.");
  });

  it("repeats what is refused at the end, in short", async () => {
    iam.on(GetRoleCommand).resolves({
      Role: { Path: "/", RoleName: "x", RoleId: "x", Arn: "x", CreateDate: new Date(0), Tags: [] },
    });

    const { lines, notOk } = await asked();

    const recap =
      lines
        .find((line) => line.startsWith("\nRefused"))
        ?.split("\n")
        .slice(2) ?? [];
    expect(recap.length).toBe(notOk.length);
    expect(recap[0]).toMatch(/^ {2}refused {2}role \S+ +exists, and is not managed by this stack\.$/);
  });

  it("names the role whose credentials its commands take, where the client is deployed by one", async () => {
    const deployRoleArn = "arn:aws:iam::123456789012:role/deploy";
    const line = `Run the commands below with credentials of account 123456789012, of its role ${deployRoleArn}.`;

    expect((await asked({ deployRoleArn })).lines[1]).toBe(line);
    expect((await asked()).lines).not.toContainEqual(expect.stringContaining("Run the commands below"));
  });

  it("goes on where these credentials may not ask, says what they lack, and exits with 2", async () => {
    iam.rejects(failing("AccessDenied", 403));
    ec2.on(DescribeVpcsCommand).rejects(failing("UnauthorizedOperation", 403));

    const { error, notOk, lines } = await asked();

    const role =
      "role example-edxanalytics could not be asked: these credentials lack iam:GetRole. Ask with other credentials, or look yourself.";
    expect(notOk).toContain(`unasked ${role}`);
    expect(notOk).toContain(
      "unasked network could not be asked: these credentials lack ec2:DescribeVpcs. Ask with other credentials, or look yourself.",
    );
    expect(lines.find((line) => line.startsWith("\nCould not be asked"))).toMatch(
      /\n {2}unasked {2}role example-edxanalytics +could not be asked: these credentials lack iam:GetRole\.\n/,
    );
    expect(error).toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/^example: nothing is refused, but \d+ questions could not be asked/),
    });
  });

  it.each([
    ["throttled", "ThrottlingException", 400],
    ["forbidden", "AccessDeniedException", 403],
  ])("does not pass where a single question is %s", async (_, code, status) => {
    quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-1216C47A" }).rejects(failing(code, status));

    const { error, notOk } = await asked();

    expect(notOk).toEqual([expect.stringMatching(/^unasked vCPUs could not be asked: /)]);
    expect(error).toMatchObject({ exitStatus: 2 });
  });

  it("exits with 1 where something is refused, whatever else could not be asked", async () => {
    s3.on(HeadBucketCommand, { Bucket: "example-terraform-state" }).rejects(failing("NotFound"));
    iam.rejects(failing("AccessDenied", 403));

    expect((await asked()).error).toMatchObject({ exitStatus: 1 });
  });

  it("gives up where no other question can be answered either", async () => {
    iam.rejects(failing("ExpiredToken", 403));

    expect((await asked()).error?.message).toContain("the AWS credentials have expired");
  });

  it("exits with 2 where nothing can be asked", async () => {
    sts.rejects(failing("ExpiredToken", 403));
    const terminal = fakeTerminal();

    expect(await main(["preflight", "example"], terminal)).toBe(2);
    expect(terminal.errors.join("\n")).toContain("the AWS credentials have expired");
  });

  it("knows a stack that was deployed before by its tags, and a lock that is held", async () => {
    s3.on(HeadObjectCommand).resolves({});
    iam.on(GetRoleCommand).resolves({
      Role: { Path: "/", RoleName: "x", RoleId: "x", Arn: "x", CreateDate: new Date(0), Tags: ownTags },
    });
    elasticsearch.on(DescribeElasticsearchDomainCommand).resolves({
      DomainStatus: { DomainId: "x", DomainName: "x", ARN: "arn:es", ElasticsearchClusterConfig: {} },
    });
    elasticsearch.on(ListTagsCommand, { ARN: "arn:es" }).resolves({ TagList: ownTags });

    const { error, rows, notOk } = await asked();

    expect(error).toBeUndefined();
    expect(rows).toContain("ok state example/example.tfstate exists: the stack was deployed before");
    expect(rows).toContain("ok role example-edxanalytics exists, managed by this stack");
    expect(rows).toContain("ok domain example-analytics-es exists, managed by this stack");
    expect(notOk).toEqual([
      "warning lock is held: another run is under way, or one was killed. docs/operations.md says how to tell.",
    ]);
  });
});

describe("a shared stack", () => {
  const input = { state: { bucket: "example-terraform-state" }, network: { vpc: "default" } };
  const [shared] = checkFiles([{ name: "shared-123456789012-eu-west-1", input }], { complete: true })
    .shared as readonly [SharedStack];

  it("is asked for too", async () => {
    const { error, rows } = await asked({}, shared);

    expect(error).toBeUndefined();
    expect(rows).toContain("ok role EMR_DefaultRole does not exist: the name is free");
    expect(rows).toContain("ok group ElasticMapReduce-slave does not exist: the name is free");
    expect(rows).toContain("ok log resource policies 0 of 10 are in use, the stack needs 1");
    expect(rows).toContain("ok policies of EMR_EC2_DefaultRole give clusters no more than the client files name");
  });

  it("is not made where the account has EMR's roles already", async () => {
    iam
      .on(GetRoleCommand)
      .resolves({ Role: { Path: "/", RoleName: "x", RoleId: "x", Arn: "x", CreateDate: new Date(0) } });

    expect((await asked({}, shared)).notOk).toContain(
      "refused role EMR_DefaultRole exists, and is not managed by this stack. Set `emr.roles` to { existing: true }. If it was made by hand, it can be imported: docs/adopting.md.",
    );
  });
});
