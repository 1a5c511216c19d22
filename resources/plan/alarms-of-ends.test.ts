import { taken } from "../../test/alarms-of-changes";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";

const group = { id: "sg-1", name: "emr-master" };
const rules = [{ id: "emr-logs", status: "Enabled", filter: [{ prefix: "logs/" }], expiration: [{ days: 90 }] }];
const tag = { resource_id: "subnet-1", key: "for-use-with-amazon-emr-managed-policies", value: "true" };
const ends = (before: object) => ({ actions: ["delete"], before });

describe("an alarm is raised by the end of", () => {
  it.each<[string, Readonly<Record<string, object>>, string]>([
    [
      "EMR's group, and of its rules",
      {
        "aws_security_group.emr_master": ends(group),
        "aws_vpc_security_group_ingress_rule.of_it": ends({ security_group_id: "sg-1" }),
      },
      "ends the security group emr-master, sg-1, with its rules",
    ],
    [
      "EMR's group, by a replacement",
      { "aws_security_group.emr_master": { actions: ["delete", "create"], before: group, after: { name: "emr-x" } } },
      "ends the security group emr-master, sg-1, with its rules",
    ],
    [
      "a bucket's lifecycle rules",
      { "aws_s3_bucket_lifecycle_configuration.emr_logs": ends({ bucket: "emr", rule: rules }) },
      "loses the rule emr-logs",
    ],
    ["the subnet's tag for EMR", { "aws_ec2_tag.subnet": ends(tag) }, "starts no cluster there any more"],
    ["another tag", { "aws_ec2_tag.other": ends({ ...tag, key: "Client", value: "acme" }) }, "takes the tag Client"],
    [
      "what the subnet's tag says",
      { "aws_ec2_tag.subnet": { actions: ["update"], before: tag, after: { ...tag, value: "false" } } },
      "marks subnet-1 with the tag",
    ],
  ])("%s", (_, changes, words) => {
    expect(taken(changes).join("\n")).toContain(words);
  });
});

describe("the end of what remembers the state's account", () => {
  const guard = { "terraform_data.state": ends({ input: "123456789012" }) };
  const group_ends = { "aws_security_group.one": ends(group) };
  const said = "no longer remembers which account";

  it("has an alarm where something is left", () => {
    const kept = { "aws_iam_role.kept": { actions: ["no-op"], before: { name: "a" }, after: { name: "a" } } };

    expect(taken({ ...guard, ...group_ends, ...kept }).join("\n")).toContain(said);
    expect(taken(guard).join("\n")).toContain(said);
    // Terraform lists nothing but what it was targeted at.
    expect(taken({ ...guard, ...group_ends }, { complete: false }).join("\n")).toContain(said);
  });

  it("has none where everything ends", () => {
    expect(taken({ ...guard, ...group_ends }).join("\n")).not.toContain(said);
  });
});

describe("no alarm is raised by the end of", () => {
  it("a group in which a host was that ends as well", () => {
    const host = ends({ vpc_security_group_ids: ["sg-1"] });

    expect(taken({ "aws_security_group.one": ends(group), "aws_instance.one": host })).toEqual([
      "aws_instance.one is destroyed, and with it its disks",
    ]);
  });

  it("lifecycle rules with their bucket", () => {
    const bucket = ends({ id: "emr" });
    const settings = ends({ bucket: "emr", rule: rules });

    expect(taken({ "aws_s3_bucket.emr": bucket, "aws_s3_bucket_lifecycle_configuration.emr": settings })).toEqual([
      "aws_s3_bucket.emr is destroyed, and with it its objects",
    ]);
  });
});

describe("the check of who has confirmed to get alarms", () => {
  const after = { endpoint: "ops@example.com" };
  const change = { actions: ["no-op"], before: after, after };
  const subscription = { address: "aws_sns_topic_subscription.one", type: "aws_sns_topic_subscription", change };
  const defects = (more: object) =>
    defectsOf(
      readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [subscription], ...more }), "plan.json"),
    ).map(({ label }) => label);
  const check = (name: string) => ({ checks: [{ address: { to_display: name }, status: "pass" }] });

  it("is missed where it is not, and addresses are", () => {
    expect(defects({})).toEqual(["Check"]);
    expect(defects(check("data.aws_eips.state"))).toEqual(["Check"]);
    // One is of the other, which no stack has.
    expect(defects(check("check.another"))).toEqual(["Check", "Check"]);
  });

  it("is not missed where it is, or nobody is told", () => {
    expect(defects(check("check.alarms_confirmed"))).toEqual([]);
    expect(defects({ resource_changes: [] })).toEqual([]);
  });
});
