import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { ClientInput } from "../../config/schema/client";
import { asked, ec2, elasticsearch, failing, iam, readyAccount, subnets } from "../../test/ready-account";

beforeEach(readyAccount);

const about = async (subject: RegExp, fields: ClientInput["elasticsearch"], rest: Partial<ClientInput> = {}) =>
  (await asked({ elasticsearch: fields, ...rest })).rows.filter((row) => subject.test(row));

describe("the place of a domain", () => {
  const place = (fields: ClientInput["elasticsearch"]) => about(/ place of /, fields);
  const existing = (VPCOptions?: object) =>
    elasticsearch.on(DescribeElasticsearchDomainCommand).resolves({
      DomainStatus: { DomainId: "x", DomainName: "x", ARN: "arn:es", ElasticsearchClusterConfig: {}, VPCOptions },
    });
  const inVpc = { SubnetIds: ["subnet-0a1b2c3a"] };

  it("is the file's for a new domain, and for one that exists", async () => {
    expect(await place({ vpc: {} })).toEqual(["ok place of example-analytics-es is in the VPC"]);
    existing(inVpc);
    expect(await place({ vpc: {} })).toEqual(["ok place of example-analytics-es is in the VPC"]);
    existing();
    expect(await place({})).toEqual(["ok place of example-analytics-es is at a public endpoint"]);
  });

  it("is not changed by AWS: a protected domain stops the deploy, another one is replaced", async () => {
    existing();
    expect((await place({ vpc: {} }))[0]).toMatch(
      /^refused .* is at a public endpoint, and the file wants it in the VPC: AWS moves no domain\./,
    );
    expect((await place({ vpc: {}, protected: false }))[0]).toMatch(/^warning .*: the deploy replaces it/);
    existing(inVpc);
    expect((await place({}))[0]).toMatch(/^refused .* is in a VPC, and the file wants it at a public endpoint/);
  });
});

describe("what a domain in the VPC needs", () => {
  it("is a subnet of the client's VPC", async () => {
    const subnet = () => about(/ subnet subnet-0a1b2c3a /, { vpc: { subnetId: "subnet-0a1b2c3a" } });
    const have = (VpcId: string) =>
      ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets.map((each) => ({ ...each, VpcId })) });

    have(subnets[0]?.VpcId as string);
    expect(await subnet()).toEqual(["ok subnet subnet-0a1b2c3a exists: eu-west-1a"]);
    have("vpc-1");
    expect((await subnet())[0]).toMatch(/^refused .* is in vpc-1, the client in .*`elasticsearch\.vpc\.subnetId`\.$/);
  });

  it("is the service-linked role, where another owner manages it", async () => {
    const role = "AWSServiceRoleForAmazonElasticsearchService";
    const answer = () => about(/ role AWSServiceRole/, { vpc: { serviceRole: { existing: true } } });

    iam.on(GetRoleCommand, { RoleName: role }).rejects(failing("NoSuchEntityException"));
    expect((await answer())[0]).toMatch(
      /^refused .* does not exist\. Create it with `aws iam create-service-linked-role --aws-service-name es/,
    );
    iam.on(GetRoleCommand, { RoleName: role }).resolves({
      Role: { RoleName: role, Arn: "arn", Path: "/", RoleId: "x", CreateDate: new Date(0) },
    });
    expect(await answer()).toEqual([`ok role ${role} exists`]);
    expect((await about(/service-linked role of/, { vpc: {} }))[0]).toContain(
      "Set `elasticsearch.vpc.serviceRole` to { existing: true }",
    );
  });
});
