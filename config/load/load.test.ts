import { changed, mistakes, reportOn } from "../../test/client-files";
import { loadFleet } from "./load";

describe("a client file", () => {
  it.each([
    [undefined, "exports no client. Write `const client: ClientInput = { … }; export default client;`"],
    [[], "exports no client."],
    [new Error("Unexpected token"), "cannot be read: Unexpected token. Correct it; `npm run check:types` shows where."],
  ])("that says nothing is reported: %p", (input, expected) => {
    expect(reportOn({ acme: input })[0]).toContain(`clients/acme.ts: ${expected}`);
  });

  it.each(["nope", ""])("that is not there is asked for by the name of one that is: %j", (name) => {
    expect(() => loadFleet(name)).toThrow(
      `clients/${name}.ts: there is no such file. Name one that is there. Known here: birch, example, olive, runbook, shared-210987654321-eu-central-1.`,
    );
  });

  it("is called as its client", () => {
    expect(reportOn({ acme: changed({}) })[0]).toBe(
      'clients/acme.ts: `name` is "example"; the file is called acme.ts. Set "acme", or rename the file.',
    );
  });

  it("of a shared stack is called by account and region", () => {
    const shared = {
      region: "eu-west-1",
      accountId: "123456789012",
      state: { bucket: "shared-state" },
      network: { vpc: "default" },
    };

    expect(reportOn({ "shared-acme": shared })[0]).toBe(
      "clients/shared-acme.ts: it describes `shared-123456789012-eu-west-1`, so the file is called shared-123456789012-eu-west-1.ts. Rename the file, or correct account and region.",
    );
  });

  it("has all its mistakes in one report, and nothing is written", () => {
    const report = reportOn({
      example: changed({ region: "Ireland", relase: "nutmeg", "director.sshFrom": ["203.0.113.7"] }),
      other: changed({ name: "other", accountId: 1 }),
    });

    expect(report).toEqual([
      expect.stringMatching(/^clients\/example\.ts: `relase` is not a field/),
      expect.stringMatching(/^clients\/example\.ts: `region` is "Ireland"/),
      expect.stringMatching(/^clients\/example\.ts: `director\.sshFrom\.0` is "203\.0\.113\.7"/),
      expect.stringMatching(/^clients\/other\.ts: `accountId` is 1/),
      "",
      "4 mistakes in the client files; nothing was written.",
    ]);
  });

  it.each([
    ["name", "x'; DROP TABLE users; --"],
    ["name", "${aws_iam_user.x}"],
    ["state.bucket", "../other"],
    ["edxapp.database.identifier", "$(reboot)"],
    ["edxapp.database.user", "root`"],
    ["edxapp.userArn", "arn:aws:iam::123456789012:user/x ${y}"],
    ["hosts.keyPair.publicKey", "ssh-ed25519 AAAA\nssh-ed25519 BBBB"],
    ["hosts.iterations", null],
    ["database", null],
    ["tags", "Team=x"],
    ["tags", { Team: "${x}" }],
    ["names", { analyticsRole: "${aws_iam_role.x.name}" }],
    ["names", { emrRdsSecurityGroup: "%{ for x in y }" }],
    ["names", { databaseIdentifier: "Analytics" }],
    ["hosts.keyPair", { existing: "${x}" }],
    ["hosts.keyPair", { publicKey: "ssh-ed25519 AAAA ${x}" }],
    ["securityGroupDescriptions", { emrRds: "${x}" }],
    ["network", []],
    ["accountId", Number.NaN],
  ])("takes nothing that hurts: %s %j", (path, value) => {
    expect(mistakes({ [path]: value })).toContainEqual(expect.stringMatching(/^`/));
  });
});
