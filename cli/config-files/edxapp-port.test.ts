import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clientOf } from "../../test/client-files";
import { configFilesRun } from "../../test/config-files-run";
import { outputJson } from "../../test/outputs";

const { run, top } = configFilesRun();

async function saidOf(port: number | string): Promise<string> {
  const printed = JSON.parse(outputJson(clientOf()));
  const outputs = join(top, "port.json");
  const database = { ...printed.edxapp_database.value, port };
  writeFileSync(outputs, JSON.stringify({ ...printed, edxapp_database: { value: database } }));
  return (await run({ outputs })).said;
}

describe("the edxapp server's port, which AWS alone knows", () => {
  it("is said where Sqoop would call another", async () => {
    expect(await saidOf(3307)).toContain(
      "The port of edxapp.example.org is 3307; the pipeline's import from there, by Sqoop, has no port in its URL and calls 3306.",
    );
  });

  it.each([3306, "3306"])("is not worth a word where it is MySQL's: %j", async (port) => {
    expect(await saidOf(port)).not.toContain("Sqoop, has no port");
  });
});
