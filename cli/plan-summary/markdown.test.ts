import { joined, phrase, words } from "../../resources/phrase";
import { item } from "./items";
import { markdown } from "./markdown";
import type { Caution, Section, Summary } from "./summary";

const caution = (label: string, value: string): Caution => ({ label, said: phrase`${value} is destroyed.` });
const section = (heading: string, values: readonly string[], folded = false): Section => ({
  heading,
  folded,
  items: values.map((value) => item(phrase`${value}`, [item(words(`below ${value.slice(0, 9)}`))])),
});
const written = (cautions: readonly Caution[], sections: readonly Section[] = []) =>
  markdown({ title: "acme", place: "", counts: "1 to destroy", cautions, sections } satisfies Summary);

/** What GitHub takes. */
const ofComment = 65_536;

describe("a summary for a comment", () => {
  it("is whole where it fits", () => {
    const value = "x".repeat(5000);

    expect(written([caution("Data", value)], [section("To destroy (1)", ["a"])])).toBe(
      `### Plan of \`acme\`: 1 to destroy\n\n> [!CAUTION]\n> - **Data:** \`${value}\` is destroyed.\n\n#### To destroy (1)\n\n- \`a\`\n  - below a`,
    );
  });

  it.each([
    ["an alarm", [caution("Defect", "x".repeat(70_000)), caution("Data", "aws_db_instance.one")], []],
    ["what fits besides", [caution("Data", "aws_db_instance.one")], [section("Outputs (1)", ["x".repeat(70_000)])]],
  ])("keeps its alarms where one value is longer than all of it, in %s", (_, cautions, sections) => {
    const all = written(cautions, [...sections, section("To destroy (1)", ["aws_db_instance.two"])]);

    expect(all.length).toBeLessThan(ofComment);
    expect(all).toContain("> - **Data:** `aws_db_instance.one` is destroyed.");
    expect(all).toContain("- `aws_db_instance.two`");
    expect(all).toMatch(/`x{667} … 69000 characters … x{333}`/);
    expect(all).not.toContain("… and");
  });

  it("shortens what is long by whole characters, and the title too", () => {
    const all = markdown({ title: "🔍".repeat(70_000), place: "", counts: "no changes", cautions: [], sections: [] });

    expect(all.length).toBeLessThan(ofComment);
    expect(all).not.toContain("\\u{");
  });

  it("shows some alarms of each kind, the most serious first, and counts the others by their kinds", () => {
    const many = Array.from({ length: 2000 }, (_, index) => caution("Data", `aws_s3_object.o${index}`));
    const all = written([...many, caution("Permission", "mallory"), caution("Access", "edxapp")]).split("\n");
    const shown = all.filter((line) => line.startsWith("> - **Data:** `")).length;

    expect(all.join("\n").length).toBeLessThan(ofComment);
    expect(shown).toBeGreaterThan(900);
    expect(all[3]).toBe(`> 2002 alarms, of which the job's log has all, and ${2000 - shown} are not shown here:`);
    expect(all.slice(-3)).toEqual([
      `> - **Data:** … and ${2000 - shown} alarms more`,
      "> - **Permission:** `mallory` is destroyed.",
      "> - **Access:** `edxapp` is destroyed.",
    ]);
  });

  it("leaves sections out before alarms", () => {
    const cautions = Array.from({ length: 900 }, (_, index) => caution("Data", `aws_s3_object.o${index}`));
    const long = section(
      "To create (3000)",
      Array.from({ length: 3000 }, (_, index) => `aws_eip.e${index}`),
      true,
    );
    const all = written(cautions, [long]);

    expect(all.length).toBeLessThan(ofComment);
    expect(all).toContain("`aws_s3_object.o899`");
    expect(all).not.toContain("are not shown here");
    expect(all).toMatch(/<\/details>\n\n… and \d+ lines more; the job's plan has them all\.$/);
  });

  it("leaves out what is below a line that does not fit, and goes on with the next one", () => {
    const full = Array.from({ length: 170 }, (_, index) => `${"y".repeat(280)}${index}`);
    const { heading, items } = section("To update (1)", [...full, "short"]);
    const long = item(
      joined(
        full.map((value) => phrase`long${value}`),
        ", ",
      ),
      [item(words("below long"))],
    );
    const all = written([], [{ heading, items: [...items.slice(0, -1), long, ...items.slice(-1)], folded: false }]);

    expect(all).not.toContain("- long");
    expect(all).not.toContain("below long");
    expect(all).toContain("- `short`\n  - below short\n\n… and 2 lines more");
  });

  it("leaves out the heading of which nothing fits", () => {
    const full = Array.from({ length: 2000 }, (_, index) => `${"y".repeat(280)}${index}`);

    expect(written([], [section("To update (1)", full), section("Outputs (1)", ["z".repeat(300)])])).not.toContain(
      "Outputs",
    );
  });
});
