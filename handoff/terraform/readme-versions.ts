import { lockedProviders, platforms, providers } from "../../stacks/provider-locks";
import type { DeployedWith } from "./deployed-with";
import type { DeployedStack } from "./named-stack";

/** What the README says of the versions of providers. */
export function versionsOf({ deployed }: DeployedStack): string {
  const { engine, versions, ranges } = deployed;
  const needed = lockedProviders.databases.filter((name) => name in ranges);
  const known = needed.flatMap((name) => (name in versions ? [`${providers[name].source} ${versions[name]}`] : []));
  const unlocked = needed.filter((name) => !(name in versions));
  const paragraphs = [
    `It was deployed with ${engine.name} and ${known.join(" and ")}. \`.terraform.lock.hcl\` fixes that, with the checksums for Linux and macOS on Intel and ARM; \`versions.tf\` keeps to the major version.`,
    ...unlocked.map(
      (name) =>
        `**${providers[name].source} is not in the lock file.** \`${engine.command} init\` takes the newest release that \`versions.tf\` accepts, \`${ranges[name]}\`, and adds it. Do that once, compare its checksums with those of its releases, and commit the file for all platforms:\n\n${lock(engine.command)}`,
    ),
  ];
  return ["## Versions", ...paragraphs].join("\n\n");
}

/** How to move to the next major version of the AWS provider, where that is what the exported files are written for. */
export function toNextMajor({ engine, ranges }: DeployedWith): string[] {
  const others = Object.keys(ranges).filter((name) => name !== "aws");
  return ranges.aws?.startsWith("~> 5.") ? [toVersion6(engine.command, others)] : [];
}

/** Locks what the committed lock files lock. */
function locked(command: string): string {
  return [command, "providers lock", ...platforms.map((platform) => `-platform=${platform}`)].join(" ");
}

function lock(command: string): string {
  return `\`\`\`bash
${command} init
${locked(command)}
\`\`\``;
}

/** @param others providers that an upgrade would take along */
function toVersion6(command: string, others: readonly string[]): string {
  const alone = others.map(
    (name) => ` Fix \`${name}\` to its locked version there meanwhile: \`-upgrade\` is for all providers.`,
  );
  return `## Moving to version 6 of hashicorp/aws

A step of its own, without any other change. These files are written for both:

1. \`${command} plan\` has nothing to change.
2. Set \`version = "~> 6.0"\` in \`versions.tf\`, and renew the lock file.${alone.join("")}
   \`\`\`bash
   ${command} init -upgrade
   ${locked(command)}
   \`\`\`
3. \`${command} plan\` may show attributes that are new, and destroys or replaces nothing.
4. Apply, and commit both files together. There is no way back: a state that version 6 has written is not read by version 5.`;
}
