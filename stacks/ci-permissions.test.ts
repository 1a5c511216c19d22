import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { managedPolicyLength, type Statement as PolicyStatement, policyJson } from "../modules/policy-document";
import { allowing, ci, github, policiesOf, shared, statements } from "../test/ci-stacks";
import { behindLoadBalancer } from "../test/https-client";
import { type Call, callers, isAllowed } from "../test/iam";
import { keys, kmsKeyId } from "../test/kms-client";
import type { Template } from "../test/synth";

// What each role may do, call by call, is the table of docs/ci.md: test/ci-table.integration.test.ts asks IAM's rules for it.

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
    expect(of(withDatabases)).toEqual([...main, "migration", "versions*"]);
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

describe("a plan looks up what is of other owners", () => {
  it.each<[string, Partial<ClientInput>, string]>([
    ["EMR's service role", { emr: { roles: { existing: true } } }, "iam:GetRole on role/EMR_DefaultRole"],
    [
      "edxapp's user, with a policy there",
      { edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access: "user-policy" } } },
      "iam:GetUserPolicy on user/edxapp",
    ],
    [
      "the service-linked role of Elasticsearch",
      { elasticsearch: { vpc: {} } },
      "iam:GetRole on role/aws-service-role/es.amazonaws.com/AWSServiceRoleForAmazonElasticsearchService",
    ],
    ["a domain that the file names no longer", { elasticsearch: false }, "es:DescribeElasticsearchDomain on former"],
  ])("%s", async (_, overrides, asked) => {
    const [action = "", rest = ""] = asked.split(" on ");
    const resource =
      rest === "former" ? "arn:aws:es:eu-west-1:123456789012:domain/former" : `arn:aws:iam::123456789012:${rest}`;

    expect(await isAllowed(callers(ci(overrides)).plan, { action, resource })).toBe(true);
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

  const options: Partial<ClientInput> = {
    hosts: { ...example.hosts, backups: {}, iterations: { "1": { kmsKeyId: keys.hosts } } },
    sessionManager: true,
    director: { ...director({}), kmsKeyId: keys.director } as ClientInput["director"],
    emr: { servicePolicy: "v2" },
    database: { iterations: { "1": { kmsKeyId: keys.database } } },
    elasticsearch: { applicationLogs: {}, kmsKeyId: keys.domain },
    buckets: { apiReports: {}, kmsKeyId: keys.buckets, formerKmsKeyIds: [kmsKeyId] },
    alarms: { emails: ["ops@example.com"], monthlyBudgetUsd: 500 },
    ...behindLoadBalancer,
    ...withDatabases,
  };

  it.each<[string, () => Template]>([
    ["a client", () => ci()],
    ["a shared stack", shared],
    ["the longest legal names", () => ci(longest)],
    ["all that is off by default", () => ci(options)],
  ])("for %s", (_, template) => {
    const all = template();
    const policies = Object.keys(all.resource.aws_iam_policy ?? {});

    expect(policies.length).toBeGreaterThan(5);
    for (const id of policies) {
      const { length } = policyJson(statements(all, id) as unknown as PolicyStatement[]);
      expect([id, length <= managedPolicyLength]).toEqual([id, true]);
    }
  });
});

function director(passwordReader: object): ClientInput["director"] {
  return { ...example.director, passwordReader } as ClientInput["director"];
}

const locks = ["arn:aws:s3:::example-terraform-state/example/example.tfstate.tflock"];
const plans = ["arn:aws:s3:::example-terraform-state/plans/example/*"];
