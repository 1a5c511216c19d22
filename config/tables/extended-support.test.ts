import { domainSupportCost, extendedSupportCost } from "./extended-support";

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

describe("what extended support of Elasticsearch costs", () => {
  it.each([
    ["t2.small.elasticsearch", 1, 5],
    ["m4.large.elasticsearch", 1, 19],
    ["m4.large.elasticsearch", 2, 38],
    ["m4.xlarge.elasticsearch", 1, 38],
    ["m4.10xlarge.elasticsearch", 1, 380],
  ])("is by size and number of instances: %s, %d", (instanceType, instances, month) => {
    expect(domainSupportCost("1.5", { instanceType, instances })).toBe(month);
  });

  it("is nothing in standard support, and unknown of a size that is", () => {
    expect(domainSupportCost("7.10", { instanceType: "t3.small.elasticsearch", instances: 1 })).toBeUndefined();
    expect(domainSupportCost("1.5", { instanceType: "m9.metal.elasticsearch", instances: 1 })).toBeUndefined();
  });
});
