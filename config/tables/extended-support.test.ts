import { extendedSupportCost } from "./extended-support";

describe("what RDS Extended Support costs", () => {
  it.each([
    ["8.0", "db.t3.medium", false, { vcpus: 2, rate: 0.1, month: 146 }],
    ["8.0", "db.t3.medium", true, { vcpus: 4, rate: 0.1, month: 292 }],
    ["8.0", "db.r6g.xlarge", false, { vcpus: 4, rate: 0.1, month: 292 }],
    ["8.0", "db.m5.4xlarge", false, { vcpus: 16, rate: 0.1, month: 1168 }],
    ["5.7", "db.t2.micro", false, { vcpus: 1, rate: 0.2, month: 146 }],
  ])("is by vCPU and year of support: MySQL %s on %s, multi-AZ %s", (version, instanceClass, multiAz, expected) => {
    expect(extendedSupportCost(version, { instanceClass, multiAz })).toEqual(expected);
  });

  it("is nothing in standard support, and unknown of a class that is", () => {
    expect(extendedSupportCost("8.4", { instanceClass: "db.t3.medium", multiAz: false })).toBeUndefined();
    expect(extendedSupportCost("8.0", { instanceClass: "db.x9.metal", multiAz: false })).toBeUndefined();
  });
});
