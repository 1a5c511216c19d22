import type { Client, Described } from "../../config/client";
import { checkFiles } from "../../config/load/load";
import { policyStatements } from "../../resources/policy-statements";
import { changed, clientOf } from "../../test/client-files";
import type { IamRequest } from "../../test/iam-simulation";
import { isAllowed } from "../../test/policy-evaluation";
import { admissionOf } from "./admission";
import { comparePolicy, comparePolicyOfOne } from "./policy";

const bucket = "example-terraform-state";
const account = "arn:aws:iam::123456789012";
const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];

const example = clientOf();
const withDirector = clientOf({
  director: { keyPair: { existing: "director" }, sshFrom: ["203.0.113.0/24"], passwordReader: {} },
});

function deployersOf(...deployers: string[]): Client {
  return clientOf({ state: { bucket, deployers } });
}

/** What somebody with every right of IAM's may do with some owners' bucket. */
async function letThrough(
  owners: readonly Described[],
  principal: string,
  context: IamRequest["context"] = {},
): Promise<string[]> {
  const { policy = "" } = comparePolicy(undefined, bucket, admissionOf(owners));
  const arn = `arn:aws:s3:::${bucket}`;
  const calls = Object.entries({
    "s3:GetObject": `${arn}/example/example.tfstate`,
    "s3:PutObject": `${arn}/plans/example/deploy/plan`,
    "s3:DeleteObjectVersion": `${arn}/example/example.tfstate`,
    "s3:ListBucket": arn,
    "s3:PutBucketPolicy": arn,
    "s3:DeleteBucketPolicy": arn,
  });
  const allowed = await Promise.all(
    calls.map(([action, resource]) => {
      const keys = {
        "aws:PrincipalArn": principal,
        "aws:PrincipalIsAWSService": "false",
        "aws:SecureTransport": "true",
      };
      return isAllowed(
        { principal, action, resource, context: { ...keys, ...context } },
        everything,
        policyStatements(policy),
      );
    }),
  );
  return calls.filter((_, index) => allowed[index]).map(([action]) => action);
}

/** What IAM has in a request that is signed with an instance's credentials, wherever it is sent from. */
const ofInstance = { "aws:Ec2InstanceSourceVpc": "vpc-0a1b2c3d", "aws:Ec2InstanceSourcePrivateIPv4": "172.31.0.5" };
const sso = "role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Deployer_0123456789abcdef";

describe("the policy of a bucket with state", () => {
  it.each([
    ["EMR's instances", "role/EMR_EC2_DefaultRole", ofInstance],
    ["EMR's EC2 role without an instance", "role/EMR_EC2_DefaultRole", {}],
    ["EMR's EC2 role in a path", "role/service-role/EMR_EC2_DefaultRole", {}],
    ["EMR's service role", "role/EMR_DefaultRole", {}],
    ["a client's own EC2 role", "role/olive-EMR_EC2_DefaultRole", {}],
    ["the host of Jenkins", "role/example-edxanalytics", ofInstance],
    ["the role of Jenkins without an instance", "role/example-edxanalytics", {}],
    ["any other instance of the account", "role/lms", ofInstance],
    ["an instance of an administrator's", "role/admin", ofInstance],
  ])("refuses %s everything, whatever IAM allows", async (_, principal, context) => {
    expect(await letThrough([example], `${account}:${principal}`, context)).toEqual([]);
  });

  it.each([
    ["a user", `${account}:user/people/operator`],
    ["whoever signs in through IAM Identity Center", `${account}:${sso}`],
    ["a role, also one that an instance has assumed", `${account}:role/deploy`],
    ["CI", `${account}:role/example-ci-apply`],
    ["the account's root user", `${account}:root`],
  ])("lets %s through", async (_, principal) => {
    expect(await letThrough([example], principal)).toHaveLength(6);
  });

  it("refuses the role of a director that reads passwords", async () => {
    expect(await letThrough([example], `${account}:role/example-director`)).toHaveLength(6);
    expect(await letThrough([withDirector], `${account}:role/example-director`)).toEqual([]);
  });

  it("refuses HTTP", async () => {
    expect(await letThrough([example], `${account}:user/operator`, { "aws:SecureTransport": "false" })).toEqual([]);
  });

  it("refuses the roles of every client with state in it, of other accounts too", async () => {
    const other = clientOf({ name: "other", accountId: "444455556666", state: { bucket, accountId: "123456789012" } });

    for (const role of ["EMR_EC2_DefaultRole", "other-edxanalytics"]) {
      expect(await letThrough([example, other], `arn:aws:iam::444455556666:role/${role}`)).toEqual([]);
    }
  });
});

describe("the policy of a bucket with a list of deployers", () => {
  const ssoPattern = `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Deployer_*`;
  const listed = [deployersOf(`${account}:user/people/operator`, ssoPattern, `${account}:role/runner`)];

  it.each([
    ["a listed user", `${account}:user/people/operator`],
    ["a listed permission set, whatever its role's name ends in", `${account}:${sso}`],
    ["a listed role", `${account}:role/runner`],
    ["an instance with a listed role, which is meant then", `${account}:role/runner`, ofInstance],
  ])("lets %s through", async (_, principal, context: IamRequest["context"] = {}) => {
    expect(await letThrough(listed, principal, context)).toHaveLength(6);
  });

  it.each([
    ["another user", `${account}:user/operator`],
    ["another permission set", `${account}:${sso.replace("Deployer", "ReadOnly")}`],
    ["the same permission set of another account", `arn:aws:iam::444455556666:${sso}`],
    ["an administrator", `${account}:role/admin`],
    ["an instance with another role", `${account}:role/lms`, ofInstance],
    ["EMR", `${account}:role/EMR_EC2_DefaultRole`, ofInstance],
  ])("refuses %s", async (_, principal, context: IamRequest["context"] = {}) => {
    expect(await letThrough(listed, principal, context)).toEqual([]);
  });

  it("refuses a client's role that a pattern covers", async () => {
    expect(await letThrough([deployersOf(`${account}:role/E*`)], `${account}:role/EMR_EC2_DefaultRole`)).toEqual([]);
  });

  it("lets CI and the role that deploys through unlisted", async () => {
    const deploy = `${account}:role/deploy`;
    const ci = { github: { repository: "acme/infrastructure" } };
    const state = { bucket, deployers: [`${account}:user/operator`] };

    expect(await letThrough([clientOf({ state, deployRoleArn: deploy })], deploy)).toHaveLength(6);
    expect(await letThrough([clientOf({ state })], deploy)).toEqual([]);
    for (const role of ["plan", "apply"]) {
      expect(await letThrough([clientOf({ state, ci })], `${account}:role/example-ci-${role}`)).toHaveLength(6);
    }
  });

  it("leaves AWS's own services to unmanaged statements", async () => {
    const { policy = "" } = comparePolicy(undefined, bucket, admissionOf(listed));
    const delivery = [
      { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/logs/*` },
    ];
    const request = {
      principal: "arn:aws:iam::123456789012:role/x",
      action: "s3:PutObject",
      resource: `arn:aws:s3:::${bucket}/logs/x`,
    };
    const by = (isService: string) =>
      isAllowed(
        {
          ...request,
          context: {
            "aws:PrincipalArn": request.principal,
            "aws:PrincipalIsAWSService": isService,
            "aws:SecureTransport": "true",
          },
        },
        [],
        [...policyStatements(policy), ...delivery],
      );

    expect(await by("true")).toBe(true);
    expect(await by("false")).toBe(false);
  });
});

describe("an existing policy", () => {
  const foreign = { Sid: "Audit", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
  const admission = admissionOf([example]);
  const { policy: whole = "" } = comparePolicy(undefined, bucket, admission);

  it("stays where it is as it should be, whatever the order", () => {
    const [tls, ...others] = policyStatements(whole);
    const moved = JSON.stringify({ Id: "x", Statement: [...others, foreign, tls] });

    expect(comparePolicy(moved, bucket, admission)).toEqual({
      found: "TLS only, no EC2 instance, no client role (3)",
      wanted: "TLS only, no EC2 instance, no client role (3)",
    });
  });

  it("keeps unmanaged statements and all else", () => {
    const { policy = "" } = comparePolicy(
      JSON.stringify({ Version: "2008-10-17", Id: "x", Statement: foreign }),
      bucket,
      admission,
    );

    expect(JSON.parse(policy)).toEqual({
      Version: "2008-10-17",
      Id: "x",
      Statement: [foreign, ...policyStatements(whole)],
    });
  });

  it("keeps refusing roles of clients that are described elsewhere", () => {
    const elsewhere = comparePolicy(undefined, bucket, admissionOf([clientOf({ name: "other" })])).policy;
    const { policy = "" } = comparePolicy(elsewhere, bucket, admission);

    expect(policy).toContain("role/other-edxanalytics");
    expect(policy).toContain("role/example-edxanalytics");
    expect(comparePolicy(policy, bucket, admission).policy).toBeUndefined();
  });

  it("is corrected where a managed statement was weakened", () => {
    const weakened = whole
      .replace("role/example-edxanalytics", "role/other")
      .replace('"Null":{"aws:Ec2InstanceSourceVpc":"false"}', '"Null":{"aws:Ec2InstanceSourceVpc":"true"}');
    const { found, policy = "" } = comparePolicy(weakened, bucket, admission);

    expect(found).toBe("TLS only");
    expect(policy).toContain("role/example-edxanalytics");
    expect(policy).toContain('"Null":{"aws:Ec2InstanceSourceVpc":"false"}');
  });

  it("loses the list of deployers with the field, and gets the rule on instances back", () => {
    const listed = admissionOf([deployersOf(`${account}:user/operator`)]);
    const { policy: alone } = comparePolicy(whole, bucket, listed);
    const sids = (policy = "") => policyStatements(policy).map(({ Sid }) => Sid);

    expect(sids(alone)).toEqual(["TlsOnly", "NoClientRoles", "DeployersOnly"]);
    expect(sids(comparePolicy(alone, bucket, admission).policy)).toEqual(["TlsOnly", "NoClientRoles", "NoInstances"]);
  });

  it("has more deployers than one of several owners knows", () => {
    const [one, two] = [deployersOf(`${account}:user/operator`), deployersOf(`${account}:user/other`)];
    const { policy: both } = comparePolicy(undefined, bucket, admissionOf([one, two]));

    expect(comparePolicyOfOne(both, bucket, admissionOf([one])).policy).toBeUndefined();
    expect(comparePolicyOfOne(whole, bucket, admissionOf([one])).policy).toBeDefined();
    expect(comparePolicyOfOne(both, bucket, admission).policy).toBeDefined();
  });

  it("takes a hundred clients, and says where S3 takes no more", () => {
    const clients = (number: number) =>
      Array.from({ length: number }, (_, index) => clientOf({ name: `a-client-of-many-${index}` }));

    expect(comparePolicy(undefined, bucket, admissionOf(clients(100))).policy?.length).toBeLessThan(20_480);
    expect(() => comparePolicy(undefined, bucket, admissionOf(clients(400)))).toThrow(
      /^The policy of bucket example-terraform-state would have \d+ bytes with the roles of all clients, and S3 takes 20480\./,
    );
  });
});

describe("state.deployers", () => {
  const files = (...lists: (readonly string[] | undefined)[]) =>
    lists.map((deployers, index) => ({
      name: `client${index}`,
      input: changed({
        accountId: `10000000000${index}`,
        "edxapp.gradesBucket.name": `edxapp-${index}`,
        "edxapp.userArn": `arn:aws:iam::10000000000${index}:user/edxapp`,
        deployRoleArn: `arn:aws:iam::10000000000${index}:role/deploy`,
        "state.accountId": "123456789012",
        "state.deployers": deployers,
      }),
    }));
  const one = `${account}:user/one`;
  const two = `${account}:user/two`;

  it("is the same list, in whatever order, for all who keep their state in a bucket", () => {
    expect(() => checkFiles(files([one, two], [two, one]), { complete: true })).not.toThrow();
    expect(() => checkFiles(files([one], undefined), { complete: true })).toThrow(
      `clients/client0.ts: \`state.deployers\` is ["${one}"]; clients/client1.ts keeps its state in example-terraform-state too, and says otherwise. Write the same list in all of them, as from a file \`clients/_deployers.ts\`.`,
    );
  });

  it.each([
    [[], "one deployer or more is required"],
    [[one, one], "a deployer may be named once"],
    [[`${account}:role/*`], "the ARN of an IAM user or role is required"],
    [["*"], "the ARN of an IAM user or role is required"],
    [["arn:aws:sts::123456789012:assumed-role/deploy/me"], "the ARN of an IAM user or role is required"],
    [["arn:aws:iam::*:role/deploy"], "the ARN of an IAM user or role is required"],
  ])("is refused where it is %j", (deployers, message) => {
    expect(() => checkFiles(files(deployers), { complete: true })).toThrow(message);
  });
});
