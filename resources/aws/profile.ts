import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The AWS profile that credentials come from, as far as errors tell it apart: the last one where each names its source. */
export interface Profile {
  readonly name: string;
  /**
   * What names it, AWS_PROFILE or another profile.
   * @default - nothing does, and it is `default`
   */
  readonly namedBy?: string;
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
  const sections = new Map<string, Map<string, string>>();
  for (const [file, prefix] of [
    [env.AWS_CONFIG_FILE ?? join(folder, "config"), "profile "],
    [env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, "credentials"), ""],
  ] as const) {
    for (const [section, keys] of sectionsOf(file)) {
      if (section === "default" || section.startsWith(prefix)) {
        const name = section.slice(section === "default" ? 0 : prefix.length).trim();
        const unquoted = name.replace(/^(["'])(.*)\1$/, "$2");
        sections.set(unquoted, new Map([...(sections.get(unquoted) ?? []), ...keys]));
      }
    }
  }
  let name = env.AWS_PROFILE || "default";
  let namedBy = env.AWS_PROFILE ? "AWS_PROFILE" : undefined;
  const passed = new Set<string>();
  for (let source: string | undefined = name; source !== undefined && !passed.has(source); ) {
    namedBy = passed.size === 0 ? namedBy : `\`source_profile\` of the profile \`${name}\``;
    name = source;
    passed.add(name);
    source = sections.get(name)?.get("source_profile");
  }
  const keys = [...(sections.get(name)?.keys() ?? [])];
  return {
    name,
    namedBy,
    exists: sections.has(name),
    sso: keys.some((key) => key.startsWith("sso_")),
    process: keys.includes("credential_process"),
    known: [...sections.keys()],
  };
}

/** Sections of a file with their keys; none where it cannot be read. */
function sectionsOf(file: string): [string, Map<string, string>][] {
  const sections: [string, Map<string, string>][] = [];
  for (const line of textOf(file).split("\n")) {
    const [, section, key, value = ""] = /^\[([^\]]+)\]|^([\w-]+)\s*=(.*)/.exec(line) ?? [];
    if (section !== undefined) {
      sections.push([section.trim(), new Map()]);
    } else if (key !== undefined) {
      sections.at(-1)?.[1].set(key, value.trim());
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
