import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { main } from "./main";

const folder = mkdtempSync(join(tmpdir(), "plan-summary-of-files-"));

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  const status = await main(["plan-summary", "--format", "markdown", ...args], terminal);
  return { status, markdown: terminal.results.join("\n"), errors: terminal.errors.join("\n") };
}

describe("edx-analytics plan-summary --configuration", () => {
  it("reads the file that was planned as well, which has more than the plan", async () => {
    const file = join(folder, "cdk.tf.json");
    const provisioner = [{ "local-exec": { command: "id" } }];
    writeFileSync(
      file,
      JSON.stringify({ removed: [{ from: "aws_eip.x", lifecycle: { destroy: false }, provisioner }] }),
    );
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify({ format_version: "1.2", resource_changes: [] }));

    expect(await run(plan, "--configuration", file)).toMatchObject({
      status: 2,
      markdown: expect.stringContaining("> - **Configuration:** `removed.provisioner` of `aws_eip.x` is in the file"),
    });
    expect((await run(plan)).status).toBe(0);
    expect((await run(plan, "--configuration", plan)).markdown).toContain("`resource_changes` is in the file");
    const missing = await run(plan, "--configuration", join(folder, "no.tf.json"));
    expect(missing).toMatchObject({
      status: 1,
      errors: expect.stringContaining("Name the cdk.tf.json that was planned"),
    });
  });
});
