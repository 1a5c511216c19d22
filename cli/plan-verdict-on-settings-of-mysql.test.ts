import { planOf } from "../test/plan-of";
import { bothHave, together, update, verdicts } from "../test/plan-verdicts";

const reports = { name: "reports" };
const stack = planOf("mysql_database", ["no-op"], reports, reports);
const given = (database: string, ...privileges: string[]) => ({ user: "reports", host: "%", database, privileges });
const created = (grant: object) => together(planOf("mysql_grant", ["create"], null, grant), stack);

describe("plan-summary and adopt --plan, on MySQL's grants", () => {
  it.each<[string, object, string, number?]>([
    [
      "what is written of another owner's database",
      created(given("edxapp", "SELECT", "INSERT", "DROP")),
      "gives SELECT, INSERT, DROP on edxapp, which the stack does not make, to reports",
    ],
    [
      "the server's logins",
      created({ ...given("mysql", "SELECT"), table: "user" }),
      "gives SELECT on mysql.user, which the stack does not make, to reports",
    ],
    [
      "a pattern of names",
      created(given("edx%", "SELECT")),
      "gives SELECT on edx%, which the stack does not make, to reports",
    ],
    [
      "a grant that is replaced by one on another database",
      together(update("mysql_grant", given("reports", "SELECT"), given("edxapp", "SELECT")), stack),
      "gives SELECT on edxapp, which the stack does not make, to reports",
      2,
    ],
    ["more than SELECT on everything", created(given("*", "INSERT")), "gives INSERT on every database to reports"],
  ])("both have an alarm of %s", async (_, plan, alarm, alarms = 1) => {
    await bothHave(plan, alarm, alarms);
  });

  it.each<[string, object]>([
    ["the stack's own database", created(given("reports", "ALL"))],
    ["SELECT on everything", created(given("*", "SELECT"))],
  ])("a grant of %s has none", async (_, plan) => {
    const { summary } = await verdicts(plan);

    expect(summary).toEqual({ status: 0, text: "" });
  });
});
