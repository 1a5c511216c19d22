import { textOf } from "../../resources/phrase";
import { readPlan } from "../../resources/plan/plan";
import { type Section, summaryOf } from "./summary";

function sections(plan: object): string {
  const { sections: all } = summaryOf(
    readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [], ...plan }), "plan.json"),
    "acme",
  );
  const linesOf = (items: Section["items"]): string[] =>
    items.flatMap(({ said, items: inner }) => [textOf(said), ...linesOf(inner)]);
  return all.flatMap(({ heading, items }) => [heading, ...linesOf(items)]).join("\n");
}

it("tells whom a provider acts as, and a server by its name", () => {
  const provider_config = {
    aws: { expressions: { assume_role: [{ role_arn: { constant_value: "arn:aws:iam::123456789012:role/deploy" } }] } },
    "mysql.edxapp": { expressions: { endpoint: { constant_value: "db.example.com:3306" } } },
    "mysql.forgotten": { expressions: { endpoint: { constant_value: "forgotten.invalid:3306" } } },
  };

  expect(sections({ configuration: { provider_config } })).toBe(
    "Providers\naws assumes the role arn:aws:iam::123456789012:role/deploy\nmysql.edxapp logs in to db.example.com:3306",
  );
});

it("tells both values of an output that stacks have; of another one and of a secret the name alone", () => {
  const change = (before: unknown, after: unknown) => ({ actions: ["update"], before, after, after_unknown: false });
  const server = (address: string) => ({ address, port: 3306, user: "edxapp" });
  const output_changes = {
    edxapp_database: change(server("db.example.com"), server("x.example.com")),
    mine: change("first", "second"),
    reports_secret_access_key: { ...change("former", "latter"), before_sensitive: true, after_sensitive: true },
  };

  expect(sections({ output_changes })).toBe(
    [
      "Outputs (3)",
      "edxapp_database",
      'edxapp_database.address: "db.example.com" → "x.example.com"',
      "mine",
      "reports_secret_access_key",
    ].join("\n"),
  );
});
