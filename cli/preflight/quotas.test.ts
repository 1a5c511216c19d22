import { DescribeInstancesCommand, DescribeInstanceTypesCommand } from "@aws-sdk/client-ec2";
import { ListDomainNamesCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetUserPolicyCommand, ListUserPoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeDBParameterGroupsCommand, DescribeDBSubnetGroupsCommand } from "@aws-sdk/client-rds";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import { asked, ec2, elasticsearch, iam, quotas, rds, readyAccount, withState } from "../../test/ready-account";

beforeEach(readyAccount);

async function vcpus(iterations: ClientInput["hosts"]["iterations"]): Promise<string | undefined> {
  const { rows } = await asked({ hosts: { ...example.hosts, iterations } });
  return /the hosts need \d+ more/.exec(rows.find((row) => row.includes(" vCPUs ")) ?? "")?.[0];
}

function has16(type: string): void {
  ec2
    .on(DescribeInstanceTypesCommand, { InstanceTypes: [type as "m5.4xlarge"] })
    .resolves({ InstanceTypes: [{ VCpuInfo: { DefaultVCpus: 16 } }] });
}

describe("vCPUs", () => {
  it("are those of the hosts that the file has, each by its type, with the director's", async () => {
    has16("m5.4xlarge");

    expect(await vcpus({ "1": { layout: "separate", instanceType: "m5.4xlarge" } })).toBe("the hosts need 50 more");
  });

  it("are not those of a type that another quota is about", async () => {
    expect(await vcpus({ "1": { instanceType: "g5.xlarge" } })).toBe("the hosts need 2 more");
  });

  it("of a deployed client are those of a new iteration alone", async () => {
    has16("m5.4xlarge");
    withState();
    ec2.on(DescribeInstancesCommand).callsFake(({ Filters }) => ({
      Reservations: JSON.stringify(Filters).includes("example-analytics-2")
        ? []
        : [{ Instances: [{ InstanceId: "i-1" }] }],
    }));

    expect(await vcpus({ "1": {}, "2": { instanceType: "m5.4xlarge" } })).toBe("the hosts need 16 more");
  });
});

describe("what a region has so many of", () => {
  it("is counted with the stack's, of each kind", async () => {
    quotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: 1 } });
    rds.on(DescribeDBParameterGroupsCommand, { DBParameterGroupName: undefined }).resolves({ DBParameterGroups: [{}] });
    rds.on(DescribeDBSubnetGroupsCommand, { DBSubnetGroupName: undefined }).resolves({ DBSubnetGroups: [{}] });
    elasticsearch.on(ListDomainNamesCommand).resolves({ DomainNames: [{}] });

    const { notOk } = await asked();

    for (const kind of ["RDS parameter groups", "RDS subnet groups", "Elasticsearch domains"]) {
      expect(notOk).toContainEqual(expect.stringContaining(`refused ${kind} 1 of 1 are in use, the stack needs 1.`));
    }
  });

  it("is a host's groups too, additional ones with them", async () => {
    const additionalSecurityGroupIds = ["1", "2", "3", "4", "5"].map((last) => `sg-0a1b2c3${last}`);
    quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-2AFB9258" }).resolves({ Quota: { Value: 5 } });

    const { notOk } = await asked({ hosts: { ...example.hosts, iterations: { "1": { additionalSecurityGroupIds } } } });

    expect(notOk).toContain(
      "refused groups of an interface 5 are granted, aws_instance.analytics_1 needs 6. Name fewer `additionalSecurityGroupIds`, or ask AWS for more: Service Quotas, vpc, L-2AFB9258.",
    );
  });
});

describe("inline policies", () => {
  it("of edxapp's user come to 2,048 characters at most, its own among them", async () => {
    const edxapp = {
      ...example.edxapp,
      gradesBucket: { ...example.edxapp.gradesBucket, access: "user-policy" as const },
    };
    iam.on(ListUserPoliciesCommand, { UserName: "edxapp" }).resolves({ PolicyNames: ["s3"] });
    iam.on(GetUserPolicyCommand).resolves({
      PolicyDocument: encodeURIComponent(" x".repeat(2_000)),
      UserName: "edxapp",
      PolicyName: "s3",
    });

    expect((await asked({ edxapp })).notOk).toEqual([
      expect.stringMatching(
        /^refused inline policies of edxapp 2000 of 2048 characters are in use; the stack needs about \d+ more, and AWS grants no more\. Have its owner put them into a managed policy/,
      ),
    ]);
  });
});
