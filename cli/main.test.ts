import { fakeTerminal } from "../test/fake-terminal";
import { main } from "./main";

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
