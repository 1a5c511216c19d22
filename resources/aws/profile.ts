import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The AWS profile that credentials come from, as far as errors tell it apart: its keys, without what they are set to. */
export interface Profile {
  readonly name: string;
  /** Whether AWS_PROFILE names it. */
  readonly isNamed: boolean;
  /** Whether one of the files has it. */
  readonly exists: boolean;
  /** Whether it logs in by IAM Identity Center. */
  readonly sso: boolean;
  /** Whether a program of the operator's prints its credentials. */
  readonly process: boolean;
  /** The profiles that there are. */
  readonly known: readonly string[];
}

/** Reads the profile that the environment names: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. */
export function currentProfile(env: NodeJS.ProcessEnv = process.env): Profile {
  const folder = join(env.HOME ?? homedir(), ".aws");
  const sections = new Map<string, string[]>();
  for (const [file, prefix] of [
    [env.AWS_CONFIG_FILE ?? join(folder, "config"), "profile "],
    [env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, "credentials"), ""],
  ] as const) {
    for (const [section, keys] of sectionsOf(file)) {
      const name =
        section === "default" || section.startsWith(prefix)
          ? section.slice(section === "default" ? 0 : prefix.length)
          : undefined;
      if (name !== undefined) {
        sections.set(name.trim(), [...(sections.get(name.trim()) ?? []), ...keys]);
      }
    }
  }
  const name = env.AWS_PROFILE || "default";
  const keys = sections.get(name) ?? [];
  return {
    name,
    isNamed: Boolean(env.AWS_PROFILE),
    exists: sections.has(name),
    sso: keys.some((key) => key.startsWith("sso_")),
    process: keys.includes("credential_process"),
    known: [...sections.keys()],
  };
}

/** Sections of a file with their keys; none where it cannot be read. */
function sectionsOf(file: string): [string, string[]][] {
  const sections: [string, string[]][] = [];
  for (const line of textOf(file).split("\n")) {
    const [, section, key] = /^\[([^\]]+)\]|^([\w-]+)\s*=/.exec(line) ?? [];
    if (section !== undefined) {
      sections.push([section.trim(), []]);
    } else if (key !== undefined) {
      sections.at(-1)?.[1].push(key);
    }
  }
  return sections;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
