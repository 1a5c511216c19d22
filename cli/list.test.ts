import { loadFleet } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { fakeTerminal } from "../test/fake-terminal";
import { clientOf } from "../test/synth";
import { entryOf, readFleet, report } from "./list";
import { main } from "./main";

describe("edx-analytics list", () => {
  it("shows every client and shared stack with release, account, region and active iterations", async () => {
    const terminal = fakeTerminal();

    expect(await main(["list"], terminal)).toBe(0);

    const lines = (terminal.results[0] ?? "").split("\n").map((line) => line.replaceAll(/ {2,}/g, " "));
    expect(lines.slice(0, 9)).toEqual([
      "NAME RELEASE ACCOUNT REGION ACTIVE ITERATIONS WARNINGS",
      "birch maple 210987654321 eu-central-1 hosts 1, database 1 7",
      "complete nutmeg 345678901234 us-west-2 hosts 1, database 1 8",
      "example nutmeg 123456789012 eu-west-1 hosts 1, database 1 6",
      "olive olive 210987654321 eu-central-1 hosts 1, database 1 7",
      "runbook ficus 111122223333 us-east-1 hosts 1, database 1 13",
      "",
      "SHARED STACK ACCOUNT REGION",
      "shared-210987654321-eu-central-1 210987654321 eu-central-1",
    ]);
  });

  it("shows each end of life once, those that are past first, with the clients that it concerns", () => {
    const text = report(
      ["example", "acme"].map((name) => ({ ...entryOf(clientOf()), name })),
      fakeTerminal(),
    );

    expect(text).toMatch(
      /\nEnd-of-life dates\n {2}EMR emr-4\.9\.6 ended 2022.*\n {4}example, acme\n {2}Ubuntu 20\.04 ended 2025.*\n.*\n {2}MySQL 8\.0 ended 2026.*\n.*\n {2}Elasticsearch 7\.10 ends 2027/,
    );
    expect(text.match(/costs about USD 146 a month/g)).toHaveLength(1);
  });

  it("fits a terminal of 80 columns", async () => {
    const terminal = fakeTerminal(80);

    await main(["list"], terminal);

    const long = terminal.results
      .join("\n")
      .split("\n")
      .filter((line) => line.length > 80);
    expect(long.filter((line) => !/^\s*\S+$/.test(line))).toEqual([]);
  });

  it("shows the warnings that are no ends of life", () => {
    const client = clientOf({
      network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] },
    });

    expect(report([entryOf(client)], fakeTerminal())).toContain("network.peering is not named");
    expect(report([entryOf(client)], fakeTerminal())).toContain("costs about USD 146 a month");
  });

  it("writes JSON for programs", async () => {
    const terminal = fakeTerminal();

    await main(["list", "--json"], terminal);

    expect(JSON.parse(terminal.results[0] ?? "")[2]).toMatchObject({
      kind: "client",
      name: "example",
      release: "nutmeg",
      accountId: "123456789012",
      region: "eu-west-1",
      activeHosts: "1",
      activeDatabase: "1",
    });
  });

  it("shows the clients that can be read where another one has mistakes", () => {
    const mistakes = new ClientFileError([
      { file: "clients/broken.ts", problems: [{ path: "", message: "is broken." }] },
    ]);
    const load = (only?: string) => {
      if (only === undefined || only === "broken") {
        throw mistakes;
      }
      return loadFleet(only);
    };

    const { fleet, mistakes: reported } = readFleet(load, ["broken", "example"]);

    expect(fleet.clients.map(({ name }) => name)).toEqual(["example"]);
    expect(reported).toBe(mistakes);
  });
});
