import { fakeTerminal } from "../test/fake-terminal";
import { commands, main } from "./main";

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  return {
    status: await main(args, terminal),
    results: terminal.results.join("\n"),
    errors: terminal.errors.join("\n"),
  };
}

describe("edx-analytics", () => {
  it.each(["list", "state", "preflight", "config-files"])("explains %s", async (command) => {
    expect((await run("--help")).results).toContain(`  ${command} `);
    expect(await run(command, "--help")).toMatchObject({ status: 0, errors: "" });
  });

  it("begins what it says of each command with a verb", async () => {
    const { results } = await run("--help");
    const [, listed = ""] = results.split("Commands:\n");

    expect(listed.match(/^ {2}\S/gm)).toHaveLength(Object.keys(commands).length);
    expect(listed.match(/^ {2}[a-z]\S*( \[\w+\]| <\w+>|\.{3})* +(a|an|the|all|what|who) .*/gm)).toBeNull();
  });

  it("names the nearest command", async () => {
    const { status, errors } = await run("prefligt", "example");

    expect(status).toBe(1);
    expect(errors).toContain("(Did you mean preflight?)");
  });

  it("names the nearest client", async () => {
    const { status, errors } = await run("state", "exmple");

    expect(status).toBe(1);
    expect(errors).toContain("clients/exmple.ts: does not exist. Did you mean `example`?");
    expect(errors).not.toContain("mistake");
  });

  it("asks for the client that is missing", async () => {
    expect(await run("preflight")).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/missing required argument 'client'\s+See `npx edx-analytics preflight --help`\.$/),
    });
    expect((await run("nonsense")).errors).toContain("See `npx edx-analytics --help`.");
  });
});
