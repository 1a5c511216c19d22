import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockFileOf, readLockFile, sourceOf } from "./lock-file";
import { type LockKind, lockedProviders, lockFileName, lockFolder, providers } from "./provider-locks";

const kinds = Object.keys(lockedProviders) as LockKind[];
const committed = (kind: LockKind) => readFileSync(join(lockFolder(), lockFileName(kind)), "utf8");

describe.each(kinds)("the committed dependency lock file of %s", (kind) => {
  const locked = readLockFile(committed(kind));
  const known = lockedProviders[kind].map((name) => providers[name]);

  it("has the AWS provider, and none that its stacks do not need", () => {
    expect(locked.map(sourceOf)).toContain("hashicorp/aws");
    expect(known.map(({ source }) => source)).toEqual(expect.arrayContaining(locked.map(sourceOf)));
  });

  it("was locked for the range that the stacks accept: after a change of it, `npx edx-analytics lock`", () => {
    for (const provider of locked) {
      const range = known.find(({ source }) => source === sourceOf(provider))?.version;
      expect(provider.text).toContain(`\n  constraints = "${range}"\n`);
    }
  });

  it("has the checksums of four platforms, and of the releases' zip files", () => {
    for (const { hashes } of locked) {
      expect(hashes.filter((hash) => /^h1:[\w+/]{43}=$/.test(hash)).length).toBeGreaterThanOrEqual(4);
      expect(hashes.filter((hash) => /^zh:[0-9a-f]{64}$/.test(hash)).length).toBeGreaterThanOrEqual(4);
      expect(new Set(hashes).size).toBe(hashes.length);
    }
  });

  it("is read whole, and written again as Terraform wrote it", () => {
    expect(lockFileOf(locked)).toBe(committed(kind));
  });
});

it("the AWS provider is of one version for all stacks", () => {
  const versions = kinds.map((kind) => readLockFile(committed(kind)).find(({ address }) => /\/aws$/.test(address)));

  expect(new Set(versions.map((provider) => provider?.text)).size).toBe(1);
});
