import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { commands } from "../../cli/main";
import { says } from "../expectations/equal";
import { edxappSide } from "../harness/before";
import type { Described } from "../harness/described";
import { providerPlatform } from "../harness/prerequisites";
import { run, succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";
import { switchedToCdktn } from "./package-cdktn";

const root = join(__dirname, "..", "..");

/** An operator's repository, from the packed project to a deployed client and to the next version. */
export async function packaged(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const folder = join(world.tools.folder, "package");
  const tarball = (version: string) => `edx-analytics-aws-${version}.tgz`;
  const repository = join(folder, "insights");
  const at = (path: string) => join(repository, path);
  // Outside CI, snapshots that do not exist yet are written.
  const options = { cwd: repository, env: { ...world.environment(), CI: "", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" } };
  const here = (command: string, ...args: string[]) => succeed(command, args, options);
  const edxAnalytics = (...args: string[]) => here("npx", "edx-analytics", ...args);
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(at(path), change(readFileSync(at(path), "utf8")));
  let installed = 0;

  await step("npm run build, npm pack ./dist", async () => {
    await succeed("npm", ["run", "build"], { cwd: root });
    sourcesAreIn(join(root, "dist"));
    cpSync(join(root, "dist"), join(folder, "1"), { recursive: true });
    await pack(folder, "1", "0.0.1");
  });
  // As `npx --omit=peer` installs it, where no repository has its libraries yet.
  const alone = join(folder, "alone");
  const withoutLibraries = (...args: string[]) =>
    run(join(alone, "node_modules", ".bin", "edx-analytics"), args, { cwd: folder });
  await step("npm install --omit=peer: help, and what a command says that needs more", async () => {
    const install = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=peer", "--prefix", alone];
    await succeed("npm", [...install, join(folder, tarball("0.0.1"))], { cwd: folder });
    if (existsSync(join(alone, "node_modules", "cdktf"))) throw new Error("cdktf was installed");
    for (const args of [["--help"], ...Object.keys(commands).map((name) => [name, "--help"])]) {
      const { code, output } = await withoutLibraries(...args);
      if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${output}`);
    }
  });
  await step("edx-analytics init makes a repository, in an empty folder alone", async () => {
    const init = ["init", repository, "--client", "acme", "--package", join(folder, tarball("0.0.1"))];
    const first = await withoutLibraries(...init);
    if (first.code !== 0) throw new Error(`init ended with ${first.code}: ${first.output}`);
    const { code, output } = await withoutLibraries(...init);
    if (code !== 1) throw new Error(`a second init ended with ${code}`);
    says(output, /is not empty/);
    const early = await run(join(alone, "node_modules", ".bin", "edx-analytics"), ["diagram", "acme"], options);
    if (early.code !== 1) throw new Error(`diagram ended with ${early.code}`);
    says(early.output, /^`diagram` needs \S+, a library of the repository.*`npm install`/);
    if (/^\s+at /m.test(early.output)) throw new Error(`diagram has shown a stack: ${early.output}`);
  });
  await step("npm install, npm test", async () => {
    await here("git", "init", "--quiet", "--initial-branch=main");
    await here("npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
    const { output } = await here("npm", "test");
    says(output, /written: __snapshots__\/acme\.json, __snapshots__\/acme-databases\.json; review and commit them/);
    says(output, /3 passed/);
    installed = filesIn(at("node_modules/edx-analytics-aws"));
    await commit(here, "A first client");
  });
  await step("state, preflight and npm run synth, in a folder of the repository", async () => {
    await edxappSide(world, example);
    edit("clients/acme.ts", (text) =>
      text
        .replaceAll(`"acme-edxapp"`, `"example-edxapp"`)
        .replace('trackingLogs: { existing: "acme-tracking-logs" }', "trackingLogs: {}")
        .replaceAll(/keyPair: \{ existing: "acme-(\w+)" \}/g, (_, name) => `keyPair: ${publicKeyOf(example, name)}`),
    );
    if (world.tools.mirror !== undefined) {
      const from = ["--fs-mirror", world.tools.mirror, "--platform", providerPlatform];
      await edxAnalytics("lock", "aws", "--upgrade", ...from);
    }
    await succeed("npx", ["edx-analytics", "state", "acme"], { ...options, cwd: at("clients") });
    await edxAnalytics("preflight", "acme");
    await here("npm", "run", "synth");
    writeOverride(at("cdktf.out/stacks/acme"));
  });
  await step("npx cdktf deploy acme", async () => {
    await here("npx", "cdktf", "deploy", "acme", "--auto-approve");
    says((await here("npx", "cdktf", "diff", "acme")).output, /No changes/);
  });
  await step("config-files and export write into the repository", async () => {
    await edxAnalytics("config-files", "acme", "--make-secrets");
    await edxAnalytics("export", "acme");
    for (const path of ["secrets/acme/vars-analytics.yml", "exported/acme/README.md"]) {
      statSync(at(path));
    }
    await here("npx", "jest", "-u");
    await commit(here, "Acme as it is deployed");
  });
  await step("the next version: a field with another name, and what it changes", async () => {
    cpSync(join(folder, "1"), join(folder, "2"), { recursive: true });
    renameField(join(folder, "2"), "keyPrefix", "prefix");
    await pack(folder, "2", "0.0.2");
    edit("clients/acme.ts", (text) => text.replace('-terraform-state" }', '-terraform-state", keyPrefix: "acme" }'));
    says((await edxAnalytics("plan-matrix", "--base", "main")).stdout, /"batches":\[\]/);
    cpSync(join(folder, tarball("0.0.2")), at(`vendor/${tarball("0.0.2")}`));
    await here("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", `./vendor/${tarball("0.0.2")}`);
    rmSync(at(`vendor/${tarball("0.0.1")}`));
    says((await run("npx", ["edx-analytics", "list"], options)).output, /state\.keyPrefix.*it is `state\.prefix` now/);
    edit("clients/acme.ts", (text) => text.replace("keyPrefix", "prefix"));
    // What is synthesised is what was reviewed.
    says((await here("npm", "test")).output, /3 passed/);
    // The base is installed as CI does, from nothing but the commit.
    says((await edxAnalytics("plan-matrix", "--base", "main")).stdout, /"batches":\[\]/);
    await commit(here, "The next version");
  });
  await switchedToCdktn(steps, repository, options);
  await step("nothing was written into the installed package", async () => {
    const now = filesIn(at("node_modules/edx-analytics-aws"));
    if (now !== installed) throw new Error(`it has ${now} files, and had ${installed}`);
  });
}

async function commit(here: (command: string, ...args: string[]) => Promise<unknown>, message: string): Promise<void> {
  await here("git", "add", "--all");
  await here(
    "git",
    "-c",
    "user.name=operator",
    "-c",
    "user.email=operator@example.org",
    "commit",
    "--quiet",
    "-m",
    message,
  );
}

async function pack(folder: string, name: string, version: string): Promise<void> {
  const manifest = join(folder, name, "package.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"version": "[^"]*"/, `"version": "${version}"`));
  await succeed("npm", ["pack", `./${name}`], { cwd: folder });
}

/** As a later version may: the schema has another name, and reports the former one. */
function renameField(folder: string, former: string, name: string): void {
  const change = (path: string, from: RegExp, to: string) => {
    const text = readFileSync(join(folder, path), "utf8");
    if (!from.test(text)) throw new Error(`${path} has no ${from}`);
    writeFileSync(join(folder, path), text.replace(from, to));
  };
  for (const path of ["state.js", "state.d.ts", "client.d.ts", "shared.d.ts"]) {
    change(`config/schema/${path}`, new RegExp(`\\b${former}: `), `${name}: `);
  }
  change(
    "config/load/renamed.js",
    /renamedFields = \{/,
    `renamedFields = { "state.${former}": "it is \`state.${name}\` now",`,
  );
}

/** A stack trace names files that the package has. */
function sourcesAreIn(dist: string): void {
  const maps = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js.map"));
  const lost = maps.flatMap((name) => {
    const { sources } = JSON.parse(readFileSync(join(dist, name), "utf8")) as { readonly sources: readonly string[] };
    const paths = sources.map((source) => resolve(dist, dirname(name), source));
    return paths.filter((path) => !path.startsWith(`${dist}${sep}`) || !existsSync(path));
  });
  if (maps.length === 0 || lost.length > 0) {
    throw new Error(`of ${maps.length} source maps, these name what the package does not have: ${lost.join(", ")}`);
  }
}

function filesIn(folder: string): number {
  return readdirSync(folder, { recursive: true }).length;
}

/** A key pair of the example's, which Terraform creates. */
function publicKeyOf({ input }: Described, of: string): string {
  const { director, hosts } = input as unknown as Record<string, { readonly keyPair: unknown }>;
  return JSON.stringify(of === "director" ? director?.keyPair : hosts?.keyPair);
}
