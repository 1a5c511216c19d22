import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedFilePaths, generatedFiles } from "../../handoff/config-files/generated-files";
import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { generatedTargets } from "./generated";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-generated-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sources = sourcesOf(clientOf());
const verdicts = () => generatedTargets("example", folder, sources).map(({ path, verdict }) => [path, verdict]);

describe("a file that is written whole", () => {
  it("is new, and unchanged where it is as it would be written", () => {
    expect(verdicts()).toEqual(generatedFilePaths.map((path) => [path, "new"]));
    for (const { path, text } of generatedFiles(sources)) {
      writeFileSync(join(folder, path), text);
    }
    expect(verdicts()).toEqual(generatedFilePaths.map((path) => [path, "unchanged"]));
  });

  it("changes where somebody has edited it", () => {
    const [jobs] = generatedTargets("example", folder, sources);
    writeFileSync(join(folder, "jenkins-jobs.yml"), `${jobs?.rendered.text}# mine\n`);

    expect(verdicts()[0]).toEqual(["jenkins-jobs.yml", "changes"]);
  });

  it("is not written over one of somebody else's", () => {
    writeFileSync(join(folder, "jenkins-home.yml"), "- hosts: jenkins\n");

    expect(verdicts).toThrow(/jenkins-home\.yml was not made by this command.*Nothing was written\.$/);
  });
});
