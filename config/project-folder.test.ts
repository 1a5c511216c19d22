import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./project-folder";

describe("the operator's repository", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "edx-analytics-repository-")));

  afterAll(() => rmSync(folder, { recursive: true }));

  it("is found from any folder in it, and its absence is said", () => {
    const inner = join(folder, "clients", "imports");
    mkdirSync(inner, { recursive: true });
    process.chdir(inner);

    expect(() => projectFolder()).toThrow(
      `There is no cdktf.json in ${inner}, nor in a folder above. Go to the repository of your client files, or make one: \`npx edx-analytics init\`.`,
    );
    writeFileSync(join(folder, "cdktf.json"), "{}");
    expect(projectFolder()).toBe(folder);
  });
});
