import { type Changes, mistakes } from "../../test/client-files";

describe("a name", () => {
  it.each<[Changes, string[]]>([
    [
      { names: { analyticsRole: "r".repeat(65) } },
      [`\`names.analyticsRole\` is "${"r".repeat(65)}"; AWS takes 64 characters, here are 65. Choose another.`],
    ],
    [
      { names: { analyticsKeyPair: "k".repeat(256) } },
      [`\`names.analyticsKeyPair\` is "${"k".repeat(76)}...; AWS takes 255 characters, here are 256. Choose another.`],
    ],
    ...["sg-x", "SG-x", "default", "ElasticMapReduce-master", "elasticmapreduce-slave"].map(
      (name): [Changes, string[]] => [
        { names: { analyticsSecurityGroup: name } },
        [`\`names.analyticsSecurityGroup\` is "${name}"; AWS or EMR keeps that name to itself. Choose another.`],
      ],
    ),
    [
      { names: { analyticsRole: "EMR_EC2_DefaultRole" } },
      ['`names.analyticsRole` is "EMR_EC2_DefaultRole"; AWS or EMR keeps that name to itself. Choose another.'],
    ],
    [{ name: "sg", naming: "runbook", names: { directorSecurityGroup: "x", emrRdsSecurityGroup: "y" } }, []],
    [
      { name: "sg", names: { directorSecurityGroup: "x", emrRdsSecurityGroup: "y" } },
      [
        '`name` is "sg"; it makes the security group `sg-analytics`, and AWS or EMR keeps that name to itself. Set `names.analyticsSecurityGroup`, or rename the client.',
      ],
    ],
    [
      { names: { emrRdsSecurityGroup: "EMR|RDS" } },
      [
        '`names.emrRdsSecurityGroup` is "EMR|RDS"; AWS takes letters, digits, blanks and ._-:/()#,@[]+=&;!* here. Rename it.',
      ],
    ],
    [
      { names: { directorKeyPair: "a%{b" } },
      [
        '`names.directorKeyPair` is "a%{b"; AWS takes visible ASCII characters and blanks, but neither ${ nor %{, here. Rename it.',
      ],
    ],
  ])("is within AWS's limits: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it.each<Changes>([
    { names: { analyticsKeyPair: "k".repeat(255) } },
    { names: { emrRdsSecurityGroup: "EMR RDS (#1, a@b) [x]+=&;!*" } },
    { names: { analyticsKeyPair: "o'neil | $2" } },
  ])("may be %j", (changes) => {
    expect(mistakes(changes)).toEqual([]);
  });
});
