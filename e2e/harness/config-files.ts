import { join } from "node:path";
import type { ConfigFilePath } from "../../handoff/config-files/config-files";
import { succeed } from "./processes";
import type { World } from "./world";

// biome-ignore lint/suspicious/noExplicitAny: what was read is looked at by its keys, whatever its type.
type Read = Record<string, any>;

/** What the files' readers found in them; the two of Ansible's with their Jinja evaluated as well. */
export type ReadFiles = Record<
  Exclude<ConfigFilePath, "inventory"> | "vars-analytics.yml evaluated" | "analytics-tasks/emr-vars.yml evaluated",
  Read
>;

/** Reads the six files of a folder with PyYAML, bash, ConfigParser and json. */
export async function readFiles(world: World, folder: string): Promise<ReadFiles> {
  const { stdout } = await succeed(world.tools.python, [join(__dirname, "..", "readers", "read.py"), folder]);
  return JSON.parse(stdout) as ReadFiles;
}
