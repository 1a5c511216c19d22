import { mistakes } from "../../test/client-files";

describe("a role that a client's own name makes", () => {
  it("is called like no other role of the client", () => {
    expect(mistakes({ sessionManager: true, "hosts.role.name": "Example-session-manager" })).toEqual([
      "`sessionManager` manages the IAM role `example-session-manager` in account 123456789012, and so does `hosts.role.name`; AWS has one. Set another name there, or rename this file.",
    ]);
    expect(mistakes({ "hosts.role.name": "example-session-manager" })).toEqual([]);
  });

  it.each(["AWSServiceRoleForX", "awsreservedsso_Deployer"])("is not called as AWS's own are: %s", (role) => {
    expect(mistakes({ "hosts.role.name": role })).toEqual([
      `\`hosts.role.name\` is "${role}"; AWS or EMR keeps that name to itself. Choose another.`,
    ]);
  });

  it("is within IAM's limit", () => {
    const [long, longer] = [46, 47].map((length) => "c".repeat(length)) as [string, string];
    const backups = { "hosts.backups": {} };
    const refused = (role: string) =>
      `makes the IAM role \`${role}\`, and AWS takes 64 characters. Shorten the file's name.`;

    expect(mistakes({ alarms: { emails: ["ops@example.com"] } }, long)).toContain(
      refused(`${long}-analytics-clusters`),
    );
    expect(mistakes({ sessionManager: true }, "c".repeat(49))).toContain(refused(`${"c".repeat(49)}-session-manager`));
    expect(mistakes(backups, longer)).toContain(refused(`${longer}-analytics-backups`));
    expect(mistakes(backups, long).filter((mistake) => mistake.includes("IAM role"))).toEqual([]);
  });
});

describe("an address of alarms", () => {
  it("has a Terraform address of its own", () => {
    expect(mistakes({ alarms: { emails: ["ops-eu@example.com", "ops@example.com", "Ops.EU@example.com"] } })).toEqual([
      '`alarms.emails.2` is "Ops.EU@example.com"; but for punctuation it is ops-eu@example.com, and their subscriptions would have one Terraform address. Name one of them, or a mailing list.',
    ]);
  });
});
