import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { Imports } from "../../config/load/imports";
import type { ClientInput } from "../../config/schema/client";
import { holds } from "../expectations/equal";
import { edxappSide } from "../harness/before";
import type { Described } from "../harness/described";
import { type Fields, fieldsIn, merged } from "../harness/drafted";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { init, writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";

const plan = ["plan", "-input=false", "-no-color"];

/** A deployment of our own whose state is lost for good is imported again, by each way to the edxapp server. */
export async function lostState(steps: Steps, world: World, example: Described): Promise<void> {
  const { name, input } = await steps.step("the edxapp side exists", () => edxappSide(world, example));
  const project = new Project(world, "lost-state");
  const folder = join(project.folder, "cdktf.out", "stacks", name);
  const importsFile = join(project.folder, "clients", "imports", `${name}.json`);
  const command = (...args: string[]) => project.run("node", ["cli/edx-analytics.js", ...args]);
  const succeed = (...args: string[]) => project.succeed("node", ["cli/edx-analytics.js", ...args]);
  const terraform = (...args: string[]) => project.succeed("terraform", args, { cwd: folder });
  const synthesise = async () => {
    await project.succeed("node", ["--require", "tsx/cjs", "main.ts"], { env: { CLIENT: name } });
    writeOverride(folder);
    await terraform(...init);
  };

  let file = input as unknown as Fields;
  for (const access of ["group-rules", "cidr-rules"]) {
    const step: Steps["step"] = (title, run) => steps.step(`${access}: ${title}`, run);
    file = merged(file, { edxapp: { database: { access } } });
    await step("a deployment loses its state, and a plan stops", async () => {
      project.client(name, file as unknown as ClientInput);
      await succeed("state", name);
      await synthesise();
      await terraform("apply", "-input=false", "-no-color", "-auto-approve");
      await world.s3.send(
        new DeleteObjectCommand({ Bucket: `${name}-terraform-state`, Key: `${name}/${name}.tfstate` }),
      );
      await project.refused("terraform", plan, /There is no state .+, but the client is deployed/, { cwd: folder });
    });
    await step("adopt drafts and writes the imports, the rules on edxapp's group among them", async () => {
      const first = await command("adopt", name);
      file = merged(file, fieldsIn(first.stdout));
      project.client(name, file as unknown as ClientInput);
      await succeed("adopt", name);
      const imports = JSON.parse(readFileSync(importsFile, "utf8")) as Imports;
      const rules = Object.keys(imports).filter((address) => address.includes(".edxapp_database_mysql_from_"));
      holds(`rules on edxapp's group: ${rules}`, rules.length === (access === "group-rules" ? 2 : 1));
    });
    await step("adopt --plan has a reason for everything", async () => {
      await synthesise();
      await terraform(...plan, "-out=plan");
      const { stdout } = await terraform("show", "-json", "plan");
      writeFileSync(join(project.folder, "plan.json"), stdout);
      await succeed("adopt", name, "--plan", "plan.json");
    });
    await step("apply, and a second plan is empty, with the imports and without", async () => {
      await terraform("apply", "-input=false", "-no-color", "plan");
      await terraform(...plan, "-detailed-exitcode");
      rmSync(importsFile);
      await synthesise();
      await terraform(...plan, "-detailed-exitcode");
    });
  }
}
