import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLockFile } from "../../stacks/lock-file";
import { lockFileName, lockFolder } from "../../stacks/provider-locks";
import { type DeployedWith, deployedWith } from "./deployed-with";
import type { DeployedStack } from "./named-stack";
import { toNextMajor, versionsOf } from "./readme-versions";

const committed = readFileSync(join(lockFolder(), lockFileName("aws")), "utf8");
const lockedBy = (text: string) => deployedWith("databases", text);

describe("what an exported stack was deployed with", () => {
  it("is what its dependency lock file has, with the checksums of four platforms", () => {
    const { versions, lockFile, engine } = deployedWith("aws");
    const [provider, ...others] = readLockFile(lockFile);

    expect(engine.command).toBe("terraform");
    expect(others).toEqual([]);
    expect(provider?.version).toBe(versions.aws);
    expect(provider?.hashes).toEqual(readLockFile(committed)[0]?.hashes);
    expect(provider?.hashes.filter((hash) => hash.startsWith("h1:")).length).toBeGreaterThanOrEqual(4);
  });

  it("keeps to the major that is locked, in the lock file too, which Terraform would otherwise write again", () => {
    const { ranges, lockFile } = deployedWith("aws");

    expect(ranges).toEqual({ aws: "~> 5.100" });
    expect(lockFile).toContain('\n  constraints = "~> 5.100"\n');
    expect(lockFile).not.toContain("< 7.0.0");
    expect(lockedBy(committed.replaceAll("5.100.0", "6.25.1")).ranges.aws).toBe("~> 6.25");
  });

  it("accepts of a provider that is not locked what the stack accepts", () => {
    const { ranges, versions } = lockedBy(committed);

    expect(versions).toEqual({ aws: "5.100.0" });
    expect(ranges.mysql).toBe(">= 3.0.94, < 4.0.0");
  });

  it("is OpenTofu where the providers were locked by it", () => {
    const { engine } = lockedBy(committed.replaceAll("registry.terraform.io", "registry.opentofu.org"));

    expect(engine).toEqual({ name: "OpenTofu", command: "tofu" });
  });
});

describe("a README's versions", () => {
  const said = (deployed: DeployedWith) => versionsOf({ deployed } as DeployedStack).replaceAll(/\s+/g, " ");

  it("are those that are locked, and how to move to the next major", () => {
    const next = (deployed: DeployedWith) => toNextMajor(deployed).join();

    expect(said(deployedWith("aws"))).toContain("deployed with Terraform and hashicorp/aws 5.100.0.");
    expect(next(deployedWith("aws"))).toContain('Set `version = "~> 6.0"` in `versions.tf`');
    expect(next(lockedBy(committed.replaceAll("5.100.0", "6.25.1")))).toBe("");
  });

  it("say which provider is not locked, and how to lock it", () => {
    expect(said(lockedBy(committed))).toContain("**petoju/mysql is not in the lock file.** `terraform init` takes");
    expect(said(deployedWith("aws"))).not.toContain("not in the lock file");
  });

  it("speak of the program that it was deployed with", () => {
    const deployed = lockedBy(committed.replaceAll("registry.terraform.io", "registry.opentofu.org"));
    const tofu = `${said(deployed)}${toNextMajor(deployed).join()}`;

    expect(tofu).toContain("tofu init -upgrade");
    expect(tofu).not.toContain("terraform init");
  });
});
