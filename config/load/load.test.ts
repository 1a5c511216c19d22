import { changed, mistakes, reportOn, sharedName } from "../../test/client-files";
import { checkFiles, fileNames, loadFleet, loadOne } from "./load";

const fs = jest.requireActual<typeof import("node:fs")>("node:fs");

describe("a client file", () => {
  it.each([
    [
      undefined,
      'exports no client. Import defineClient from "edx-analytics-aws", and write `export default defineClient({ … });`.',
    ],
    [[], "exports no client."],
    [new Error("Unexpected token"), "cannot be read: Unexpected token. Correct it; `npx tsc` shows where."],
    [
      new Error("Cannot find module 'edx-analytics-aws'\nRequire stack:\n- /a/b.ts"),
      "cannot be read: Cannot find module 'edx-analytics-aws'. Run `npm install` in the repository, or correct the name.",
    ],
  ])("that says nothing is reported: %p", (input, expected) => {
    expect(reportOn({ acme: input })[0]).toContain(`clients/acme.ts: ${expected}`);
  });

  it.each(["nope", ""])("that does not exist is asked for by the name of one that does: %j", (name) => {
    expect(() => loadFleet(name)).toThrow(
      `clients/${name}.ts: does not exist. Name an existing one. Known here: birch, complete, example, olive, runbook, shared-210987654321-eu-central-1.`,
    );
  });

  it("has a name that is a client's", () => {
    for (const name of ["Acme", "a", "acme-", "1acme", "ac--me", "x'; DROP TABLE users; --", "${aws_iam_user.x}"]) {
      expect(mistakes({}, name)).toEqual([
        "is no client's name: two or more of a-z, 0-9 and single - are allowed, with a letter at the start and none of - at the end. Rename the file.",
      ]);
    }
    for (const name of ["acme-databases", "acme-ci"]) {
      expect(mistakes({}, name)).toEqual([
        "is no client's name: `…-databases` and `…-ci` are names of stacks. Rename the file.",
      ]);
    }
  });

  it.each(["shared-acme", "shared-1234-eu-west-1", "shared-123456789012-ireland", "shared-"])(
    "of a shared stack is called by account and region, not %s",
    (name) => {
      const shared = { state: { bucket: "shared-state" }, network: { vpc: "default" } };

      expect(reportOn({ [name]: shared })[0]).toBe(
        `clients/${name}.ts: is no shared stack's name: \`shared-<account>-<region>\` is required, as in \`shared-123456789012-eu-west-1\`. Rename the file.`,
      );
    },
  );

  it.each(["shared", "shared_210987654321"])("of a shared stack is not taken for a client's: %s", (name) => {
    const shared = { state: { bucket: "shared-state" }, network: { vpc: "default" } };

    expect(reportOn({ [name]: shared }).slice(0, -2)).toEqual([
      `clients/${name}.ts: is no shared stack's name: \`shared-<account>-<region>\` is required, as in \`shared-123456789012-eu-west-1\`. Rename the file.`,
    ]);
    expect(mistakes({}, "shared")).toEqual([]);
  });

  it("of a shared stack with a wrong name has its other mistakes beside it", () => {
    expect(reportOn({ "shared-acme": { state: { bucket: "Shared" }, network: { vpc: "default" } } })).toEqual([
      expect.stringContaining("is no shared stack's name"),
      expect.stringMatching(/^clients\/shared-acme\.ts: `state\.bucket` is "Shared"/),
      "",
      "2 mistakes in the client files.",
    ]);
  });

  it("gives the client and the shared stack their names", () => {
    const shared = { state: { bucket: "shared-state" }, network: { vpc: "default" } };
    const { clients, shared: stacks } = checkFiles(
      [
        { name: "acme", input: changed({}) },
        { name: "shared-210987654321-eu-north-1", input: shared },
      ],
      { complete: true },
    );

    expect(clients).toMatchObject([{ kind: "client", name: "acme", tags: { Client: "acme" } }]);
    expect(stacks).toMatchObject([
      { name: "shared-210987654321-eu-north-1", accountId: "210987654321", region: "eu-north-1" },
    ]);
  });

  it("is none where its name begins with _", () => {
    const readdir = jest
      .spyOn(fs, "readdirSync")
      .mockReturnValue(["b.ts", "_helpers.ts", "a.ts", "imports", "x.json"] as never);
    try {
      expect(fileNames()).toEqual(["a", "b"]);
      expect(() => loadFleet("_helpers")).toThrow("clients/_helpers.ts: does not exist.");
    } finally {
      readdir.mockRestore();
    }
  });

  it("is read as what its name says, alone", () => {
    expect(loadOne("example")).toMatchObject({ kind: "client", name: "example" });
    expect(loadOne(sharedName)).toMatchObject({ kind: "shared-stack", name: sharedName });
    expect(loadFleet("example")).toMatchObject({ clients: [{ name: "example" }], shared: [] });
  });

  it("has all its mistakes in one report, and nothing is written", () => {
    const report = reportOn({
      example: changed({ region: "Ireland", relase: "nutmeg", "director.sshFrom": ["203.0.113.7"] }),
      other: changed({ accountId: 1 }),
    });

    expect(report).toEqual([
      expect.stringMatching(/^clients\/example\.ts: `relase` is not a field/),
      expect.stringMatching(/^clients\/example\.ts: `region` is "Ireland"/),
      expect.stringMatching(/^clients\/example\.ts: `director\.sshFrom\.0` is "203\.0\.113\.7"/),
      expect.stringMatching(/^clients\/other\.ts: `accountId` is 1/),
      "",
      "4 mistakes in the client files.",
    ]);
  });

  it.each([
    ["state.bucket", "../other"],
    ["edxapp.database.identifier", "$(reboot)"],
    ["edxapp.database.user", "root`"],
    ["edxapp.userArn", "arn:aws:iam::123456789012:user/x ${y}"],
    ["hosts.keyPair.publicKey", "ssh-ed25519 AAAA\nssh-ed25519 BBBB"],
    ["hosts.iterations", null],
    ["database", null],
    ["tags", "Team=x"],
    ["tags", { Team: "${x}" }],
    ["hosts.role", { name: "${aws_iam_role.x.name}" }],
    ["emr.rdsSecurityGroup", { name: "%{ for x in y }" }],
    ["database.identifier", "Analytics"],
    ["hosts.keyPair", { existing: "${x}" }],
    ["hosts.keyPair", { publicKey: "ssh-ed25519 AAAA ${x}" }],
    ["emr.rdsSecurityGroup", { description: "${x}" }],
    ["network", []],
    ["accountId", Number.NaN],
  ])("takes nothing that hurts: %s %j", (path, value) => {
    expect(mistakes({ [path]: value })).toContainEqual(expect.stringMatching(/^`/));
  });
});
