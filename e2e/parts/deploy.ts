import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CopyObjectCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { ClientInput } from "../../config/schema/client";
import { equal, holds, says } from "../expectations/equal";
import { edxappSide } from "../harness/before";
import { type Described, describe } from "../harness/described";
import { planPictured, preflightPictured } from "../harness/pictured-runs";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";

/** `cdktf deploy`, `diff` and `destroy`, as README prints them, for a client that an operator has just written. */
export async function deploy(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const project = new Project(world, "deploy");
  const acme: ClientInput = {
    ...example.input,
    state: { bucket: "acme-terraform-state", region: example.client.region },
    edxapp: {
      ...example.input.edxapp,
      gradesBucket: { name: "acme-edxapp", access: "user-policy" },
      database: { identifier: "acme-edxapp", user: "edxapp001", access: "group-rules" },
    },
  };
  const of = (client: string) => ({ env: { CLIENT: client, CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" } });
  const cdktf = (...args: string[]) => project.succeed("npx", ["cdktf", ...args], of("acme"));
  /** Terraform has to be told where the emulator is; cdktf leaves other files of a stack alone. */
  const synthesise = async () => {
    await project.succeed("npm", ["run", "synth"], { env: { CLIENT: "acme" } });
    writeOverride(join(project.folder, "cdktf.out", "stacks", "acme"));
  };

  await step("the edxapp side exists", () => edxappSide(world, describe("acme", acme)));
  await step("npx edx-analytics state acme, and preflight", async () => {
    project.client("acme", acme);
    await project.succeed("node", ["cli/edx-analytics.js", "state", "acme"]);
    await preflightPictured(project);
    await project.succeed("node", ["cli/edx-analytics.js", "preflight", "acme"]);
  });
  await step("npm run synth", synthesise);
  const folder = join(project.folder, "cdktf.out", "stacks", "acme");
  await step(
    "npx cdktf diff acme shows the plan, and leaves none; other users cannot look into the folder",
    async () => {
      const { output } = await cdktf("diff", "acme");
      says(output, /Plan: \d+ to add, 0 to change, 0 to destroy/);
      equal("a plan is left", existsSync(join(folder, "plan")), false);
      equal("mode", statSync(folder).mode & 0o777, 0o700);
    },
  );
  await step("npx cdktf deploy acme, while another client is synthesised and planned", async () => {
    project.client("birch", { ...acme, state: { bucket: "acme-terraform-state", keyPrefix: "birch" } });
    let deployed: Promise<unknown> = Promise.resolve();
    await new Promise<void>((resolve, reject) => {
      const onStart = (child: ChildProcess) =>
        child.stdout?.on("data", (chunk) => String(chunk).includes("Still creating") && resolve());
      deployed = project.succeed("npx", ["cdktf", "deploy", "acme", "--auto-approve"], { ...of("acme"), onStart });
      deployed.then(() => reject(new Error("the deploy was over before the other client's synth")), reject);
    });
    writeFileSync(join(folder, "errored.tfstate"), "what Terraform left");
    await project.succeed("npx", ["cdktf", "synth"], of("birch"));
    await project.succeed("npx", ["cdktf", "list"], of("birch"));
    await deployed;
    equal("errored.tfstate", readFileSync(join(folder, "errored.tfstate"), "utf8"), "what Terraform left");
    holds("the other client is synthesised", existsSync(join(folder, "..", "birch", "cdk.tf.json")));
  });
  await step("npx edx-analytics diff acme ends with the plan's summary, and leaves no plan", async () => {
    const diff = ["cli/edx-analytics.js", "diff", "acme", "--stack", "acme"];
    const { output } = await project.succeed("node", diff, of("acme"));
    says(output, /No changes[\s\S]+Plan of acme \(\d{12}, [\w-]+\): no changes\n$/);
    holds("no control characters", !output.includes("\u001b"));
    equal("a plan is left", existsSync(join(folder, "plan")), false);
  });
  await step("npx edx-analytics preflight acme knows what is deployed", async () => {
    const { output } = await project.succeed("node", ["cli/edx-analytics.js", "preflight", "acme"]);
    says(output, /the stack was deployed before/);
    says(output, /role acme-edxanalytics +exists, managed by this stack/);
  });
  await step("the pictures of a plan are what a run shows", async () => {
    await planPictured(project, acme);
    project.client("acme", acme);
    await synthesise();
  });
  await step("with its state gone, preflight refuses, and a plan stops", async () => {
    const [state, aside] = ["acme/acme.tfstate", "aside"].map((Key) => ({ Bucket: "acme-terraform-state", Key }));
    const move = async (from: typeof state, to: typeof state) => {
      await world.s3.send(new CopyObjectCommand({ ...to, CopySource: `${from?.Bucket}/${from?.Key}` } as never));
      await world.s3.send(new DeleteObjectCommand(from as never));
    };
    await move(state, aside);
    await project.refused(
      "node",
      ["cli/edx-analytics.js", "preflight", "acme"],
      /with this stack's tags, and the state is new/,
    );
    await project.refused(
      "npx",
      ["cdktf", "diff", "acme"],
      /There is no state .+, but the client is deployed/,
      of("acme"),
    );
    await move(aside, state);
  });
  await step("with another region in its file, a plan stops", async () => {
    const network = { vpc: "default" as const, zones: ["us-east-1a", "us-east-1b"] };
    project.client("acme", { ...acme, region: "us-east-1", network });
    const said = /This state is of eu-west-1 of account \d+, and clients\/acme\.ts says us-east-1/;
    await project.refused("npx", ["cdktf", "diff", "acme"], said, of("acme"));
    project.client("acme", acme);
  });
  await step("npx cdktf destroy acme stops while it is protected", () =>
    project.refused("npx", ["cdktf", "destroy", "acme", "--auto-approve"], /prevent_destroy/, of("acme")),
  );
  await step("protected: false, deploy, npx cdktf destroy acme", async () => {
    project.client("acme", { ...acme, protected: false });
    await cdktf("deploy", "acme", "--auto-approve");
    await cdktf("destroy", "acme", "--auto-approve");
  });
}
