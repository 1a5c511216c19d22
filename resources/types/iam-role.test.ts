import { taken } from "../../test/alarms-of-changes";

const aws = (name: string) => `arn:aws:iam::aws:policy/service-role/${name}`;
const [v1, v2] = [aws("AmazonElasticMapReduceRole"), aws("AmazonEMRServicePolicy_v2")];
const trust = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "elasticmapreduce.amazonaws.com" } }],
});
const emr = { name: "EMR_DefaultRole", assume_role_policy: trust };
const swapped = (had: string, gets: string, role = emr.name) =>
  taken({
    "aws_iam_role.emr": { actions: ["no-op"], before: emr, after: emr },
    "aws_iam_role_policy_attachment.had": { actions: ["delete"], before: { role: emr.name, policy_arn: had } },
    "aws_iam_role_policy_attachment.gets": { actions: ["create"], after: { role, policy_arn: gets } },
  }).filter((alarm) => alarm.includes("takes the policy"));

describe("a policy that is taken from a role", () => {
  it("has no alarm where `emr.servicePolicy` puts EMR's other one in its place", () => {
    expect(swapped(v1, v2)).toEqual([]);
    expect(swapped(v2, v1)).toEqual([]);
  });

  it.each([
    ["another role gets that", v1, v2, "other"],
    ["another policy takes its place", v1, aws("AWSDataLifecycleManagerServiceRole"), emr.name],
    ["it takes the place of another policy", aws("AWSDataLifecycleManagerServiceRole"), v2, emr.name],
  ])("has one where %s", (_, had, gets, role) => {
    expect(swapped(had, gets, role)).toEqual([
      `aws_iam_role_policy_attachment.had takes the policy ${had} from the role EMR_DefaultRole`,
    ]);
  });
});
