import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import type { Rendered } from "./config-file";
import { type ConfigFilePath, renderConfigFile } from "./config-files";
import { type Change, isFormer, reviewForeign, reviewOwn, withAdded } from "./existing";
import { joined } from "./formats/format";
import type { SourcesProps } from "./sources";

const render = (path: ConfigFilePath, extra?: string, props: Partial<SourcesProps> = {}) =>
  renderConfigFile(path, sourcesOf(clientOf(), props), extra);

const vars = (extra?: string, props?: Partial<SourcesProps>) => render("vars-analytics.yml", extra, props);

/** Changes of keys that both files have. */
const both = (changes: readonly Change[]) =>
  changes.filter(({ before, after }) => before !== undefined && after !== undefined);

const moved = (existing: string, rendered: Rendered) => joined(reviewForeign(existing, rendered).added);

describe("over a file of this command's own", () => {
  it("nothing changes where both say the same", () => {
    expect(reviewOwn(vars().text, vars())).toEqual({ changes: [], added: [] });
  });

  it("each value that changes is named, at every depth", () => {
    const before = render("analytics-tasks/emr-vars.yml");
    const after = {
      ...before,
      text: before.text.replace("num_instances: 1", "num_instances: 3").replace(/^region:.*\n/m, ""),
    };

    expect(reviewOwn(before.text, after).changes).toEqual([
      { path: "client_instance_groups.master.num_instances", before: "1", after: "3", secret: false },
      { path: "region", before: "eu-west-1", after: undefined, secret: false },
    ]);
  });

  it("a secret is one, whichever side it is on", () => {
    const rotated = vars(undefined, { secrets: { analyticsPassword: "other" } });
    const { changes } = reviewOwn(vars().text, rotated);

    expect(changes.find(({ path }) => path === "ANALYTICS_MYSQL_PASSWORD")?.secret).toBe(true);
    expect(changes.find(({ path }) => path === "ANALYTICS_API_SECRET_KEY")?.secret).toBe(true);
  });
});

describe("over a file that was written by hand", () => {
  it("what is not rendered is the operator's, word for word, with its comments", () => {
    const own = [
      "# Ask Jane first",
      "",
      "# our fork",
      "EDX_PLATFORM_COMMIT: 6063e25",
      "OTHER_COMMIT: 12e4567",
      "ACCOUNT: 012345678901",
      "FLAG: n",
      "TOKEN: !vault |",
      "  $ANSIBLE_VAULT;1.1;AES256",
      "  6433",
      "PERCENT: 100%",
      "",
    ].join("\n");
    const { changes, added } = reviewForeign(`---\n${own}COMMON_GIT_PATH: edx\n`, vars());

    expect(joined(added)).toBe(own);
    expect(both(changes)).toEqual([]);
    expect(changes.find(({ path }) => path === "INSIGHTS_VERSION")).toMatchObject({ before: undefined });
  });

  it("options are moved with their sections, and an interpolation stays as it is", () => {
    const text =
      "[problem-responses-of-acme]\n; hourly\npartition_format = %Y-%m-%dT%H\n[videos]\noverwrite_n_days=7\nown = %d\n";
    const override = render("analytics-tasks/analytics-override.cfg");

    expect(moved(text, override)).toBe(
      "[problem-responses-of-acme]\n; hourly\npartition_format = %Y-%m-%dT%H\n[videos]\nown = %d\n",
    );
    expect(both(reviewForeign(text, override).changes)).toEqual([
      { path: "videos.overwrite_n_days", before: "7", after: "3", secret: false },
    ]);
  });

  it("values that differ are named, and shown unless they may be secret", () => {
    const text = [
      "COMMON_GIT_PATH: acme",
      "INSIGHTS_DOC_BASE: https://me:word@docs.example.org",
      "ANALYTICS_MYSQL_PASSWORD: typed",
      "ANALYTICS_API_USERS: { insights: typed, other: typed }",
      "ANALYTICS_API_DATABASES: { default: { HOST: old, PASSWORD: typed } }",
      "JENKINS_ANALYTICS_CREDENTIALS: [{ id: mine, privatekey: typed }]",
    ].join("\n");
    const found = reviewForeign(text, vars()).changes.filter(({ before }) => before !== undefined);

    expect(found.filter(({ secret }) => !secret).map(({ path, before }) => [path, before])).toEqual([
      ["COMMON_GIT_PATH", "acme"],
      ["ANALYTICS_API_DATABASES.default.HOST", "old"],
    ]);
    expect(found.filter(({ secret }) => secret).map(({ path }) => path)).toEqual([
      "ANALYTICS_MYSQL_PASSWORD",
      "ANALYTICS_API_DATABASES.default.PASSWORD",
      "ANALYTICS_API_USERS.insights",
      "ANALYTICS_API_USERS.other",
      "INSIGHTS_DOC_BASE",
      "JENKINS_ANALYTICS_CREDENTIALS",
    ]);
  });

  it("a value whose rendered one is missing is the operator's too, and is missing no more", () => {
    const text = "EDXAPP_LMS_BASE: courses.example.org\nCOMMON_MYSQL_MIGRATE_PASS: typed\n";
    const nothing = { secrets: {} };
    const rendered = vars(undefined, nothing);

    expect(moved(text, rendered)).toBe(text);
    expect(moved(rendered.text, rendered)).toBe("");
    expect(rendered.missing.map(([path]) => path)).toContain("COMMON_MYSQL_MIGRATE_PASS");
    const after = vars(text, nothing);
    expect(after.missing.map(([path]) => path)).not.toContain("COMMON_MYSQL_MIGRATE_PASS");
    expect(after.overridden).toEqual(["EDXAPP_LMS_BASE", "COMMON_MYSQL_MIGRATE_PASS"]);
  });

  it("one option that is missing makes nothing else of its section the operator's", () => {
    const text = "[enrollments]\ninterval_start = 2016-01-01\noverwrite_n_days = 9\n";

    expect(moved(text, render("analytics-tasks/analytics-override.cfg"))).toBe(
      "[enrollments]\ninterval_start = 2016-01-01\n",
    );
  });

  it("what the operator's file has already is not moved again, and another value there is named", () => {
    const text = "COMMON_GIT_PATH: acme\nOWN: 1\nCHANGED: 1\n";
    const { changes, added } = reviewForeign(text, vars("COMMON_GIT_PATH: acme\nOWN: 1\nCHANGED: 2\nMORE: 3\n"));

    expect(added).toEqual([]);
    expect(changes.filter(({ before }) => before !== undefined)).toEqual([
      { path: "CHANGED", before: "1", after: "2", secret: true },
    ]);
    expect(changes.map(({ path }) => path)).not.toContain("MORE");
  });

  it("words of YAML 1.1, quotes and order are no difference", () => {
    const text = vars()
      .text.replace("SANDBOX_ENABLE_INSIGHTS: true", "SANDBOX_ENABLE_INSIGHTS: Yes")
      .replaceAll("'3306'", "3306");

    expect(reviewForeign(text, vars())).toEqual({ changes: [], added: [] });
  });
});

describe("over a file of a version that kept operators' keys in it", () => {
  const former = vars().text.replace(
    /^# Generated by .*\n.*\n/m,
    "# Made by `npx edx-analytics config-files example`, …\n# Change values there …\n",
  );

  it("what it rendered is known by its place, though it is rendered no more", () => {
    expect(isFormer(former)).toBe(true);
    expect(isFormer(vars().text)).toBe(false);
    const text = `${former.replace("COMMON_SECURITY_UPDATES", "INSIGHTS_OLD: 1\nCOMMON_SECURITY_UPDATES")}\n# Added by hand, and kept\nOWN: 'x'\n`;
    const { changes, added } = reviewForeign(text, vars());

    expect(joined(added)).toBe("# Added by hand, and kept\nOWN: 'x'\n");
    expect(changes).toEqual([{ path: "INSIGHTS_OLD", before: "1", after: undefined, secret: true }]);
  });

  it("nothing is lost of one without added lines", () => {
    expect(reviewForeign(former, vars())).toEqual({ changes: [], added: [] });
  });
});

describe("an operator's own file", () => {
  const { format } = vars();
  const emr = (extra: string) => render("analytics-tasks/emr-vars.yml", extra);

  it("stays as it is, with more lines at its end", () => {
    expect(withAdded(format, format.entries("A: 012\n"))).toBe("A: 012\n");
    expect(withAdded(format, format.entries("A: 012\n"), "# mine\nB: n")).toBe("# mine\nB: n\nA: 012\n");
    expect(withAdded(format, format.entries("A: 012\n"), "---\n# mine\n{}\n# yours\n")).toBe(
      "---\n# mine\n# yours\nA: 012\n",
    );
    expect(withAdded(format, format.entries("A: 012\n"), "B: {}\n")).toBe("B: {}\nA: 012\n");
  });

  it("gets nothing that would say something else there", () => {
    const entries = format.entries("A: &a [x]\nB: *a\n");

    expect(withAdded(format, entries)).toBe("A: &a [x]\nB: *a\n");
    expect(() => withAdded(format, entries.slice(1))).toThrow("an alias (`*name`) in it cannot be resolved");
  });

  it("wins, and stands in a file whose reader takes no second one", () => {
    const { text, overridden } = emr("---\n# ours is bigger\nuser_info: []\nrole: 012 # mine\n");

    expect(text).toMatch(/\n# ours is bigger\nuser_info: \[\]\nrole: 012 # mine\n$/);
    expect(text.match(/^role:/gm)).toHaveLength(1);
    expect(overridden).toEqual(["role"]);
    expect(render("analytics-tasks/analytics-override.cfg", "[videos]\noverwrite_n_days=7\nown = %d\n").text).toContain(
      "[videos]\ndropoff_threshold = 0.05\noverwrite_n_days=7\nown = %d\n",
    );
  });

  it("may be encrypted, or a script, where its own reader reads it", () => {
    expect(vars("$ANSIBLE_VAULT;1.1;AES256\n6433\n").text).toBe(vars().text);
    expect(render("analytics-tasks/jenkins_env", "if true; then\n  export A=1\nfi\n").text).toBe(
      render("analytics-tasks/jenkins_env").text,
    );
  });

  it("has to be one", () => {
    expect(() => emr("role: 'x\n")).toThrow(
      "in analytics-tasks/emr-vars.extra.yml, it is no YAML (MISSING_CHAR) at line 2, column 1",
    );
  });
});
