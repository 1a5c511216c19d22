import { type Changes, mistakes } from "../../test/client-files";

const install: Changes = { "director.firstBoot": "install" };
const from = (openedxRelease: string): Changes => ({ "configurationFiles.openedxRelease": openedxRelease });

describe("a first boot that installs", () => {
  it("takes the release's branch, or one of the client file's", () => {
    expect(mistakes(install)).toEqual([]);
    expect(mistakes({ ...install, ...from("open-release/nutmeg.3") })).toEqual([]);
    expect(mistakes({ ...install, release: "redwood", allowDiscontinued: true, ...from("acme") })).toEqual([]);
  });

  it("has a branch", () => {
    const found = mistakes({ ...install, release: "redwood", allowDiscontinued: true });

    expect(found).toEqual([
      '`director.firstBoot` is "install"; edx/configuration has no branch of redwood. Set `configurationFiles.openedxRelease` to a branch of yours, or remove the field.',
    ]);
  });

  it.each(["it's", "${path.module}", "ü", "a".repeat(251)])("refuses the branch %s", (branch) => {
    expect(mistakes({ ...install, ...from(branch) })).toEqual([
      expect.stringMatching(
        /^`configurationFiles.openedxRelease` is ".*; with `director.firstBoot: "install"`, up to 250 letters, digits and . _ \+ @ \/ - are allowed, with no - at the start. Rename the branch.$/,
      ),
    ]);
    expect(mistakes(from(branch))).toEqual([]);
  });

  it("is `upgrade` or `install`", () => {
    expect(mistakes({ "director.firstBoot": true })).toEqual([
      expect.stringMatching(/^`director.firstBoot` is true; /),
    ]);
  });

  it("is not a field of a director that exists", () => {
    expect(mistakes({ director: { existing: "sg-0a1b2c3d", firstBoot: "install" } })).toHaveLength(1);
  });
});
