import { DescribeInstancesCommand, DescribeInstanceTypesCommand } from "@aws-sdk/client-ec2";
import example from "../../clients/example";
import { asked, ec2, readyAccount, withState } from "../../test/ready-account";

beforeEach(readyAccount);

async function vcpus(iterations: object): Promise<string | undefined> {
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
