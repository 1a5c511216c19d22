import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseWhatGitSees } from "./place";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-git-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("git sees of the project", () => {
  /** A checkout, as an operator's; its .gitignore has what the project's has. */
  const project = join(folder, "project");
  const git = (...args: string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-C", project, ...args], { encoding: "utf8" });
  const check =
    (path: string, of = project) =>
    () =>
      refuseWhatGitSees("acme", [path], of);

  beforeAll(() => {
    for (const path of ["clients", "secrets/acme", "secrets/added", "cdktf.out"]) {
      mkdirSync(join(project, path), { recursive: true });
    }
    writeFileSync(join(project, ".gitignore"), "secrets/\ncdktf.out/\n");
    writeFileSync(join(project, "secrets/added/file"), "");
    git("init", "--quiet");
    git("add", ".gitignore");
    git("add", "--force", "secrets/added/file");
    git("commit", "--quiet", "--message", "test");
    git("worktree", "add", "--quiet", join(folder, "worktree"));
    git("clone", "--quiet", project, join(project, "secrets/clone"));
    for (const [link, target] of Object.entries({
      "to-clients": "project/clients",
      "to-project": "project",
      "to-nothing": "project/clients/nothing",
      "project/secrets/open": "project/clients",
      "to-secrets": "project/secrets",
    })) {
      symlinkSync(join(folder, target), join(folder, link));
    }
  });

  it.each([
    ["a folder", "project/clients/file"],
    ["itself", "project/file"],
    ["a folder that does not exist yet", "project/new/deep/file"],
    ["a link to a folder of it", "to-clients/file"],
    ["a link to it", "to-project/clients/new/file"],
    ["a link out of an ignored folder", "project/secrets/open/file"],
    ["another worktree", "worktree/clients/file"],
    ["a file that was added in spite of .gitignore", "project/secrets/added/file"],
  ])("%s", (_, path) => {
    expect(check(join(folder, path))).toThrow("where git would see the secrets in it");
  });

  it.each([
    ["ignored folders", "project/secrets/acme/file"],
    ["ignored folders that do not exist yet", "project/secrets/new/deep/file"],
    ["a link to an ignored folder", "to-secrets/acme/file"],
    ["an ignored folder of another worktree", "worktree/secrets/acme/file"],
    ["another repository in an ignored folder", "project/secrets/clone/file"],
    ["what is elsewhere", "elsewhere/file"],
  ])("nothing of %s", (_, path) => {
    expect(check(join(folder, path))).not.toThrow();
  });

  it("the same whatever repository the environment names", () => {
    const environment = { ...process.env };
    Object.assign(process.env, { GIT_DIR: join(folder, "other"), GIT_WORK_TREE: folder });
    try {
      expect(check(join(project, "clients/file"))).toThrow("where git would see");
      expect(check(join(project, "secrets/acme/file"))).not.toThrow();
    } finally {
      process.env = environment;
    }
  });

  it("what .gitignore does not name any more", () => {
    writeFileSync(join(project, ".gitignore"), "cdktf.out/\n");

    expect(check(join(project, "secrets/acme/file"))).toThrow("where git would see");
  });

  it("what is in no folder for secrets, where there is no repository", () => {
    const plain = join(folder, "plain");
    mkdirSync(plain);

    expect(check(join(plain, "clients/file"), plain)).toThrow("where git would see");
    expect(check(join(plain, "secrets/acme/file"), plain)).not.toThrow();
    expect(check(join(folder, "elsewhere/file"), plain)).not.toThrow();
  });

  it("nothing through a link that leads nowhere, which is a mistake", () => {
    expect(check(join(folder, "to-nothing/file"))).toThrow("is a symbolic link that leads nowhere (ENOENT)");
  });
});
