import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { managedPolicyLength, policyJson } from "../modules/policy-document";
import { allowing, ci, github, policiesOf, shared, statements } from "../test/ci-stacks";
import { inShared } from "../test/client-files";
import { type Call, callers, isAllowed } from "../test/iam";
import type { Template } from "../test/synth";

// What each role may do, call by call, is the table of docs/ci.md, which test/ci-table.test.ts asks IAM's rules for.

const withDatabases = { ci: { github: { ...github.github, databases: true } } };

describe("the plan role", () => {
  const all = policiesOf(ci(), "plan");

  it("reads, and writes nothing but locks and plans", () => {
    const writes = all.flatMap(({ actions, resources }) =>
      actions.filter((action) => !/^\w+:(Describe|Get|List)/.test(action)).map((action) => [action, resources]),
    );

    expect(writes).toEqual([
      ["s3:DeleteObject", locks],
      ["s3:PutObject", locks],
      ["s3:PutObject", plans],
    ]);
  });

  it("reads the states of its own client, and no object of any other kind", () => {
    const read = allowing(all, "s3:GetObject").flatMap(({ resources }) => resources);

    expect(read.filter((arn) => !arn.endsWith("/enrollments-blacklist/"))).toEqual([
      "arn:aws:s3:::example-terraform-state/example/example.tfstate*",
    ]);
  });

  it("reads the parameters of the databases stack only where that is CI's too, edxapp's administrator where one is named", () => {
    const of = (overrides: Partial<ClientInput>) =>
      allowing(policiesOf(ci(overrides), "plan"), "ssm:GetParameter")
        .flatMap(({ resources }) => resources)
        .map((arn) => arn.replace("arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/", ""));
    const main = ["analytics", "edxapp_ro", "versions/passwords"];

    expect(of({})).toEqual(main);
    expect(of(withDatabases)).toEqual([...main, "migration", "versions"]);
    expect(of({ ...withDatabases, mysql: { edxappAdmin: "root" } })).toContain("edxapp_admin");
    expect(
      of({ ...withDatabases, database: { iterations: { "1": { masterPassword: { existing: true } } } } }),
    ).toContain("master_1");
  });
});

describe("the apply role", () => {
  it("may do what the plan role may", () => {
    const [plan, apply] = [policiesOf(ci(), "plan"), policiesOf(ci(), "apply")];

    expect(apply.slice(0, plan.length)).toEqual(plan);
  });

  it("has no wildcard over a whole service", () => {
    const actions = policiesOf(ci(), "apply").flatMap((statement) => statement.actions);

    expect(actions.filter((action) => /:\*$|^\*/.test(action))).toEqual([]);
  });

  it("names RDS instances of the file, retired iterations among them, and no pattern of names", () => {
    const template = ci({
      database: { active: "3", retired: ["1"], iterations: { "2": { identifier: "acme-db" }, "3": {} } },
    });
    const reached = allowing(policiesOf(template, "apply"), "rds:DeleteDBInstance").flatMap(({ resources }) =>
      resources.filter((arn) => arn.includes(":db:")),
    );

    expect(reached).toEqual(
      ["acme-db", "example-analytics-3", "example-analytics"].map(
        (name) => `arn:aws:rds:eu-west-1:123456789012:db:${name}`,
      ),
    );
  });

  it("lets RDS keep the master password, whose key it has to look up, and reads neither", () => {
    const change = statements(ci(), "database");

    expect(allowing(change, "secretsmanager:CreateSecret")).toHaveLength(1);
    expect(allowing(change, "kms:DescribeKey")).toHaveLength(1);
    expect(["kms:Decrypt", "secretsmanager:GetSecretValue"].flatMap((action) => allowing(change, action))).toEqual([]);
  });

  it("makes RDS instances in an existing subnet group, which it cannot delete", () => {
    const template = ci({ database: { subnetGroup: { existing: "of-edxapp" } } });
    const of = (action: string) =>
      allowing(statements(template, "database"), action)
        .flatMap(({ resources }) => resources)
        .filter((arn) => arn.includes(":subgrp:"));

    expect(of("rds:CreateDBInstance")).toEqual(["arn:aws:rds:eu-west-1:123456789012:subgrp:of-edxapp"]);
    expect(of("rds:DeleteDBSubnetGroup")).toEqual([]);
  });

  it("makes a VPC and its peering, with routes in the named tables of the other side alone", async () => {
    const peering = { vpcId: "vpc-0a1b2c3d", cidr: "10.9.0.0/16", routeTableIds: ["rtb-0a1b2c3d"] };
    const { apply } = callers(ci({ network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"], peering } }));
    const ec2 = (rest: string) => `arn:aws:ec2:eu-west-1:123456789012:${rest}`;
    const of = (action: string, rest: string, context?: Call["context"]) =>
      isAllowed(apply, { action: `ec2:${action}`, resource: ec2(rest), context });
    const own = { "aws:ResourceTag/Client": "example" };

    expect(
      await Promise.all([
        of("CreateVpc", "vpc/vpc-1"),
        of("CreateSubnet", "subnet/subnet-1"),
        of("CreateSubnet", "vpc/vpc-1", own),
        of("CreateRoute", "route-table/rtb-1", own),
        of("CreateRoute", "route-table/rtb-0a1b2c3d"),
        of("CreateVpcPeeringConnection", "vpc/vpc-0a1b2c3d"),
        of("AcceptVpcPeeringConnection", "vpc/vpc-0a1b2c3d"),
        of("ModifyVpcPeeringConnectionOptions", "vpc-peering-connection/pcx-1", own),
      ]),
    ).not.toContain(false);
    expect(
      await Promise.all([
        of("CreateSubnet", "vpc/vpc-2"),
        of("CreateRoute", "route-table/rtb-2"),
        of("CreateVpcPeeringConnection", "vpc/vpc-2"),
        of("DeleteVpc", "vpc/vpc-0a1b2c3d"),
      ]),
    ).not.toContain(true);
  });
});

describe("what limits the apply role stays", () => {
  const { applyAsAdministrator } = callers(ci());
  const iam = (rest: string) => `arn:aws:iam::123456789012:${rest}`;

  it.each([
    ["iam:CreateUser", iam("user/mallory")],
    ["iam:PutRolePolicy", iam("role/example-edxanalytics")],
    ["iam:AttachRolePolicy", iam("role/example-ci-apply")],
    ["iam:DeleteRolePermissionsBoundary", iam("role/example-ci-apply")],
    ["iam:UpdateAssumeRolePolicy", iam("role/example-ci-plan")],
    ["iam:CreatePolicyVersion", iam("policy/example-ci-boundary")],
    ["iam:DeleteOpenIDConnectProvider", iam("oidc-provider/token.actions.githubusercontent.com")],
    ["sts:AssumeRole", iam("role/OrganizationAccountAccessRole")],
    ["organizations:LeaveOrganization", "*"],
    ["lambda:CreateFunction", "arn:aws:lambda:eu-west-1:123456789012:function:x"],
  ])("whatever is attached to it: no %s on %s", async (action, resource) => {
    expect(await isAllowed(applyAsAdministrator, { action, resource })).toBe(false);
  });
});

describe("in an account that clients share", () => {
  const client = { ...inShared, ci: github };
  const sharedBoundary = "shared-210987654321-eu-central-1-ci-boundary";
  const role = (name: string) => `arn:aws:iam::210987654321:role/${name}`;
  const put = (name: string, boundary?: string): Call => ({
    action: "iam:PutRolePolicy",
    resource: role(name),
    context:
      boundary === undefined ? {} : { "iam:PermissionsBoundary": `arn:aws:iam::210987654321:policy/${boundary}` },
  });

  it("a client makes a role of its own for EMR's instances within its boundary, and writes on no shared one", async () => {
    const { apply } = callers(ci(client));

    expect(await isAllowed(apply, put("example-EMR_EC2_DefaultRole", "example-ci-boundary"))).toBe(true);
    expect(await isAllowed(apply, put("example-EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole", sharedBoundary))).toBe(false);
  });

  it("Jenkins passes that role on, and EMR too with service policy v2", async () => {
    const context = { "iam:PassedToService": "ec2.amazonaws.com" };
    const pass = (name: string): Call => ({ action: "iam:PassRole", resource: role(name), context });

    const { made } = callers(ci(client));

    expect(await isAllowed(made, pass("example-EMR_EC2_DefaultRole"))).toBe(true);
    expect(await isAllowed(made, pass("birch-EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(callers(shared()).made, pass("birch-EMR_EC2_DefaultRole"))).toBe(true);
  });

  it("a client writes its policy on EMR's role where the shared stack's boundary limits that, and not without", async () => {
    const { apply } = callers(ci({ ...client, emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } }));

    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole", sharedBoundary))).toBe(true);
    expect(await isAllowed(apply, put("EMR_EC2_DefaultRole"))).toBe(false);
    expect(await isAllowed(apply, put("EMR_DefaultRole", "example-ci-boundary"))).toBe(false);
  });

  it("the shared stack makes EMR's roles, and ends nothing of its clients'", async () => {
    const { apply } = callers(shared());
    const group = "arn:aws:ec2:eu-central-1:210987654321:security-group/sg-0a1b2c3d";
    const ended = (tags: Record<string, string>) =>
      isAllowed(apply, {
        action: "ec2:DeleteSecurityGroup",
        resource: group,
        context: {
          "aws:RequestedRegion": "eu-central-1",
          ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
        },
      });

    expect(await isAllowed(apply, put("EMR_DefaultRole", sharedBoundary))).toBe(true);
    expect(await ended({ Project: "edx-analytics" })).toBe(true);
    expect(await ended({ Project: "edx-analytics", Client: "birch" })).toBe(false);
    expect(allowing(policiesOf(shared(), "apply"), "ec2:RunInstances")).toEqual([]);
  });

  it("a director reads the passwords that the client file lets it read, and no other", async () => {
    const read = (template: Template, login: string) =>
      isAllowed(callers(template).made, {
        action: "ssm:GetParameter",
        resource: `arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/${login}`,
      });
    const reader = ci({ director: director({}) });

    expect(await Promise.all([read(reader, "migration"), read(reader, "edxapp_admin")])).toEqual([true, false]);
    expect(await read(ci(), "migration")).toBe(false);
  });

  it("EMR's role of the shared stack reaches the clients' buckets, and not the states", async () => {
    const { made } = callers(shared());
    const read = (resource: string) =>
      isAllowed(made, { action: "s3:GetObject", resource: `arn:aws:s3:::${resource}` });
    const state = statements(shared(), "boundary").find(
      ({ effect, actions }) => effect === "Deny" && actions[0] === "s3:*",
    );

    expect(await read("birch-edxanalytics/data")).toBe(true);
    expect(await read(`${state?.resources[0]?.replace("arn:aws:s3:::", "")}/birch/birch.tfstate`)).toBe(false);
  });
});

describe("the policies fit into IAM's 6,144 characters", () => {
  const name = (length: number, first: string) => first.padEnd(length, "n");
  const longest: Partial<ClientInput> & { name: string } = {
    name: name(55, "acme"),
    ...withDatabases,
    state: { bucket: name(63, "state"), keyPrefix: name(949, "prefix") },
    naming: "prefixed",
    network: {
      vpc: "new",
      zones: ["eu-west-1a", "eu-west-1b"],
      peering: {
        vpcId: "vpc-0a1b2c3d4e5f60718",
        cidr: "10.9.0.0/16",
        routeTableIds: ["1", "2", "3"].map((last) => `rtb-0a1b2c3d4e5f6071${last}`),
      },
    },
    director: director({ roleName: name(64, "director") }),
    hosts: { ...example.hosts, role: { name: name(64, "hosts"), policyName: name(128, "hosts") } },
    edxapp: { ...example.edxapp, gradesBucket: { name: name(63, "grades"), access: "new-policy" } },
    emr: { servicePolicy: "v2" },
    elasticsearch: {
      domainName: name(28, "es"),
      userName: name(64, "es"),
      policyName: name(128, "es"),
      applicationLogs: {},
    },
    buckets: {
      trackingLogs: { name: name(63, "tracking") },
      emr: { name: name(63, "emr") },
      emrLogs: { name: name(63, "logs") },
      edxanalytics: { name: name(63, "edxanalytics") },
      hadoop: { name: name(63, "hadoop") },
      apiReports: { name: name(63, "reports"), userName: name(64, "reports") },
    },
    database: {
      active: "4",
      retired: ["1"],
      iterations: {
        "2": { identifier: name(63, "b"), masterPassword: { existing: true } },
        "3": { identifier: name(63, "c") },
        "4": { identifier: name(63, "d") },
      },
    },
    mysql: { edxappAdmin: "root" },
  };

  it.each<[string, () => Template]>([
    ["a client", () => ci()],
    ["a shared stack", shared],
    ["the longest legal names and all options", () => ci(longest)],
  ])("for %s", (_, template) => {
    const documents = Object.entries(template().data.aws_iam_policy_document ?? {}).filter(
      ([id]) => !id.includes("trust"),
    );

    expect(documents.length).toBeGreaterThan(5);
    for (const [id, { statement }] of documents) {
      expect([id, policyJson(statement).length <= managedPolicyLength]).toEqual([id, true]);
    }
  });
});

function director(passwordReader: object): ClientInput["director"] {
  return { ...example.director, passwordReader } as ClientInput["director"];
}

const locks = ["arn:aws:s3:::example-terraform-state/example/example.tfstate.tflock"];
const plans = ["arn:aws:s3:::example-terraform-state/plans/example/*"];
