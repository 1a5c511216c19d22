import { planOf } from "../../test/plan-of";
import { markdown } from "./markdown";
import { summaryOf } from "./summary";

const database = (fields: object = {}) => ({
  engine: "mysql",
  engine_version: "8.0.42",
  engine_lifecycle_support: "open-source-rds-extended-support",
  instance_class: "db.t3.medium",
  multi_az: false,
  ...fields,
});
const costs = (...given: Parameters<typeof planOf>) =>
  markdown(summaryOf(planOf(...given), "acme"))
    .split("#### Costs beside the resources\n\n")[1]
    ?.split("\n\n")[0];

describe("costs beside the resources of a plan", () => {
  it("are Extended Support of a MySQL that is created, by the month", () => {
    expect(costs("aws_db_instance", ["create"], null, database())).toMatch(
      /: RDS Extended Support of MySQL `8\.0`, about USD `146` a month at the rate of us-east-1$/,
    );
  });

  it("are another amount, of an instance that grows", () => {
    const larger = database({ instance_class: "db.m5.xlarge" });

    expect(costs("aws_db_instance", ["update"], database(), larger)).toContain("USD `292`");
    expect(costs("aws_db_instance", ["update"], database(), database({ backup_retention_period: 7 }))).toBeUndefined();
  });

  it("are none within standard support, without Extended Support, or of what the plan leaves", () => {
    expect(costs("aws_db_instance", ["create"], null, database({ engine_version: "8.4.5" }))).toBeUndefined();
    const disabled = database({ engine_lifecycle_support: "open-source-rds-extended-support-disabled" });
    expect(costs("aws_db_instance", ["create"], null, disabled)).toBeUndefined();
    expect(costs("aws_db_instance", ["no-op"], database(), database())).toBeUndefined();
  });

  it("are extended support of a domain, by its instances", () => {
    const domain = (cluster: object) => ({ elasticsearch_version: "1.5", cluster_config: [cluster] });
    const small = domain({ instance_type: "t2.small.elasticsearch" });
    const two = domain({ instance_type: "m4.2xlarge.elasticsearch", instance_count: 2 });

    expect(costs("aws_elasticsearch_domain", ["create"], null, small)).toMatch(
      /extended support of Elasticsearch `1\.5`, about USD `5` a month at the rate of us-east-1$/,
    );
    expect(costs("aws_elasticsearch_domain", ["update"], small, two)).toContain("USD `152`");
  });
});
