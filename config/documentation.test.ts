import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withPages } from "./documentation";

const repository = realpathSync(mkdtempSync(join(tmpdir(), "edx-analytics-pages-")));
const root = join(repository, "node_modules", "edx-analytics-aws");

beforeAll(() => {
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(join(root, "docs", "ci.md"), "");
  writeFileSync(join(repository, "cdktf.json"), "{}");
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => rmSync(repository, { recursive: true }));

describe("pages of the documentation", () => {
  it("are in node_modules of an operator's repository", () => {
    jest.spyOn(process, "cwd").mockReturnValue(repository);
    const other = `docs/${"other"}.md`;
    const text = withPages(`Deploy it: docs/ci.md, or docs/ci.md#providers. ${other} is yours.`, root);

    expect(text).toBe(
      `Deploy it: node_modules/edx-analytics-aws/docs/ci.md, or node_modules/edx-analytics-aws/docs/ci.md#providers. ${other} is yours.`,
    );
    expect(withPages(text, root)).toBe(text);
  });

  it("are where they are named in a clone of this project", () => {
    expect(withPages("Deploy it: docs/ci.md")).toBe("Deploy it: docs/ci.md");
  });

  it("keep their names outside of a repository", () => {
    jest.spyOn(process, "cwd").mockReturnValue(tmpdir());

    expect(withPages("docs/ci.md", root)).toBe("docs/ci.md");
  });
});
