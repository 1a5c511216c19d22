import { fakeTerminal } from "../test/fake-terminal";
import { row } from "./layout";

const text =
  "does not exist. `npx edx-analytics state example` makes it, in the account and region that the client file names.";
const rowAt = (columns?: number) =>
  row(fakeTerminal(columns), "bad", "refused", "bucket example-terraform-state", text);

describe("a row of a report", () => {
  it("is one line where a file or a program reads it", () => {
    expect(rowAt()).toBe(`  refused  bucket example-terraform-state       ${text}`);
  });

  it.each([80, 100, 140])("fits a terminal of %d columns", (columns) => {
    expect(
      Math.max(
        ...rowAt(columns)
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(columns);
    expect(rowAt(columns).replaceAll(/\s+/g, " ").trim()).toBe(`refused bucket example-terraform-state ${text}`);
  });

  it("is a paragraph behind the verdict where columns are few", () => {
    expect(
      rowAt(80)
        .split("\n")
        .slice(1)
        .every((line) => /^ {11}\S/.test(line)),
    ).toBe(true);
  });
});
