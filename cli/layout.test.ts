import { fakeTerminal } from "../test/fake-terminal";
import { row, wrapped } from "./layout";

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
    expect(rowAt(columns).replaceAll(/\s+/g, " ").trim()).toBe(
      `refused bucket example-terraform-state${columns < 98 ? ":" : ""} ${text}`,
    );
  });

  it("is a paragraph behind the verdict where columns are few", () => {
    expect(
      rowAt(80)
        .split("\n")
        .slice(1)
        .every((line) => /^ {11}\S/.test(line)),
    ).toBe(true);
  });

  it("has a colon where no column of a terminal divides subject and text", () => {
    const rowOf = (subject: string, columns?: number, said = "exists") =>
      row(fakeTerminal(columns), "good", "ok", subject, said);
    const long = "policy of a-bucket-with-quite-a-long-name";

    expect(rowOf("key pair nope-director", 80)).toBe("  ok       key pair nope-director: exists");
    expect(rowOf(long)).toBe(`  ok       ${long} exists`);
    expect(rowOf(long, 140)).toBe(`  ok       ${long}: exists`);
    expect(rowOf("bucket", 80, "")).toBe("  ok       bucket");
  });
});

describe("a command in a text", () => {
  const long =
    "aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-0a1b2c3d4e5f60718 --enable-dns-hostnames --no-cli-pager";
  const said = `is off, so EMR clusters would stay in \`provisioning\`. Turn it on: \`${long}\`, then wait a minute.`;

  it.each([40, 50, 72, 100])(
    "has no line end inside, and a line for itself where it is longer: %d columns",
    (columns) => {
      const lines = wrapped(said, columns);

      expect(lines).toContain(long);
      expect(lines.filter((line) => line !== long && line.length > columns)).toEqual([]);
      expect(lines.at(-1)).toBe("then wait a minute.");
    },
  );

  it("may be several in brackets", () => {
    const several = `(read -rs password && aws ssm put-parameter --name /edx-analytics/acme/mysql/migration --value "$password")`;

    expect(wrapped(`does not exist, and acme-databases needs it. Put it there: \`${several}\`.`, 50)).toContain(
      several,
    );
  });

  it("keeps its back quotes where other words share its line", () => {
    expect(wrapped("There is no bucket of the state yet. `npx edx-analytics state acme` makes it.", 60)).toEqual([
      "There is no bucket of the state yet.",
      "`npx edx-analytics state acme` makes it.",
    ]);
  });

  it("is as the text has it where a file or a program reads", () => {
    expect(wrapped(said, undefined)).toEqual([said]);
  });
});
