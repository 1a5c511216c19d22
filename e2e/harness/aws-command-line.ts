import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { World } from "./world";

/** A folder with the pinned `aws`: the scripts that pip writes name the folder that the environment was made in. */
export function awsCommandLine({ tools }: World, folder: string): string {
  const bin = join(folder, "aws-bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec ${tools.python} -m awscli "$@"\n`, { mode: 0o755 });
  return bin;
}
