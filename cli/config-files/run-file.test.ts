import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { placeRunFile } from "./run-file";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-run-"));
const file = join(folder, "RUN.md");
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

describe("RUN.md in a folder", () => {
  const sources = sourcesOf(clientOf());

  it("is written anew where it was written before", () => {
    const { text } = placeRunFile(folder, sources);

    expect(placeRunFile(folder, sources).verdict).toBe("new");
    writeFileSync(file, text);
    expect(placeRunFile(folder, sources).verdict).toBe("unchanged");
    writeFileSync(file, text.replace("nutmeg", "maple"));
    expect(placeRunFile(folder, sources)).toMatchObject({ verdict: "changes", text });
  });

  it("is left alone where somebody else wrote it", () => {
    writeFileSync(file, "# Our own notes\n");

    expect(() => placeRunFile(folder, sources)).toThrow(
      `example: ${file} was not written by this command. Move it away, then repeat the command. Nothing was written.`,
    );
  });
});
