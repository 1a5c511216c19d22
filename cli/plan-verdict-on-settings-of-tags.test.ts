import { planOf } from "../test/plan-of";
import { bothHave, verdicts } from "../test/plan-verdicts";

const ofEmr = "for-use-with-amazon-emr-managed-policies";
const tag = (resource_id: string, key: string) =>
  planOf("aws_ec2_tag", ["create"], null, { resource_id, key, value: "true" });

const arn = "arn:aws:rds:eu-west-1:123456789012:db:edxapp";
const importing = (values: object) => ({
  ...planOf(
    "aws_db_instance",
    ["update"],
    { id: "db-X", identifier: "edxapp", arn, tags_all: {} },
    { id: "db-X", identifier: "edxapp", arn, tags_all: { Client: "acme" } },
    { importing: { id: "edxapp" } },
  ),
  prior_state: { values: { root_module: { resources: [{ mode: "data", type: "aws_db_instance", values }] } } },
});

describe("plan-summary and adopt --plan, on tags", () => {
  it.each<[string, object, string]>([
    [
      "EMR's tag on another owner's group",
      tag("sg-edxapp", ofEmr),
      `marks sg-edxapp with the tag ${ofEmr}, true, by which policies may know it`,
    ],
    [
      "any other tag",
      tag("subnet-0a1b2c3d", "Project"),
      "marks subnet-0a1b2c3d with the tag Project, true, by which policies may know it",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it("an import of what the plan reads as edxapp's, and marks as the client's, has an alarm", async () => {
    const { summary } = await verdicts(importing({ db_instance_arn: arn }));

    expect(summary.text).toContain(
      "is marked as of the client acme, and the plan reads it as what another owner manages",
    );
  });

  it.each<[string, object]>([
    ["EMR's tag on a subnet", tag("subnet-0a1b2c3d", ofEmr)],
    ["an import of what the plan does not read", importing({ db_instance_arn: `${arn}-other` })],
  ])("%s has none", async (_, plan) => {
    const { summary } = await verdicts(plan);

    expect(summary).toEqual({ status: 0, text: "" });
  });
});
