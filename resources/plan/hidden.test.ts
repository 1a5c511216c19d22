import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planOf } from "../../test/plan-of";
import { bothHave } from "../../test/plan-verdicts";
import { textOf } from "../phrase";
import { secretArguments } from "../types/secret-arguments";
import { writtenArguments } from "../types/written-arguments";
import { alarmsOfPlan } from "./alarms";

const said = (...plan: Parameters<typeof planOf>) => alarmsOfPlan(planOf(...plan)).map((alarm) => textOf(alarm));
const all = Object.entries(writtenArguments).flatMap(([type, names]) =>
  names.filter((name) => !secretArguments[type]?.includes(name)).map((name): [string, string] => [type, name]),
);

describe("an argument that the configuration marks as sensitive", () => {
  it.each(all)("%s.%s has an alarm when created, updated and replaced", (type, name) => {
    const words = `has ${name} hidden as sensitive, which no stack does: read it in the plan`;
    const marks = { after_sensitive: { [name]: true } };

    expect(said(type, ["create"], null, { [name]: "x" }, marks)).toContain(words);
    expect(said(type, ["update"], { [name]: "y" }, { [name]: "x" }, marks)).toContain(words);
    expect(said(type, ["delete", "create"], { [name]: "y" }, { [name]: "x" }, marks)).toContain(words);
  });

  it.each<[string, string, object]>([
    ["a part of a block", "aws_instance", { after_sensitive: { metadata_options: [{ http_tokens: true }] } }],
    ["a member of a list", "aws_db_subnet_group", { after_sensitive: { subnet_ids: [false, true] } }],
    ["all of a resource", "aws_vpc_security_group_ingress_rule", { after_sensitive: true }],
    [
      "what was marked before, which hides what it becomes",
      "aws_iam_role_policy",
      { before_sensitive: { policy: true } },
    ],
    [
      "what is known after the apply alone",
      "aws_iam_role_policy",
      { after_sensitive: { policy: true }, after_unknown: { policy: true } },
    ],
  ])("has an alarm of %s", (_, type, marks) => {
    expect(said(type, ["update"], {}, {}, marks).join("\n")).toContain("hidden as sensitive, which no stack does");
  });

  it("has one in both commands, which names the argument", async () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "iam:CreateAccessKey", Resource: "x" }] });
    const marks = { after_sensitive: { policy: true } };

    await bothHave(
      planOf("aws_iam_role_policy", ["create"], null, { role: "x", policy }, marks),
      "has policy hidden",
      2,
    );
  });

  it("has none where the provider marks it, nor where nothing is marked", () => {
    const marks = { after_sensitive: { value: true, value_wo: true }, before_sensitive: { value: true } };
    const value = { name: "/x", type: "SecureString", value: "1234" };

    expect(said("aws_ssm_parameter", ["create"], null, value, marks).join("\n")).not.toContain("hidden");
    expect(said("aws_instance", ["update"], {}, {}, { after_sensitive: { metadata_options: [{}] } })).toEqual([]);
  });
});

it("no stack marks an argument, and what the MySQL provider marks is known", () => {
  const folder = join(__dirname, "..", "..", "__snapshots__");
  const written = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")).resource);
  const { provider_schemas: schemas } = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "providers", "petoju-mysql-3.0.94.json"), "utf8"),
  );
  const { resource_schemas: resources } = schemas["registry.terraform.io/petoju/mysql"];
  const marked = Object.entries(writtenArguments).flatMap(([type, names]) =>
    names
      .filter((name) => resources[type]?.block.attributes[name]?.sensitive === true)
      .map((name): [string, string] => [type, name]),
  );

  expect(JSON.stringify(written)).not.toMatch(/\bsensitive\(/);
  expect(marked.map(([type, name]) => secretArguments[type]?.includes(name))).toEqual([true]);
});
