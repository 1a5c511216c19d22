import { join } from "node:path";
import { CreateUserCommand, DeleteUserCommand } from "@aws-sdk/client-iam";
import type { ClientInput } from "../../config/schema/client";
import { setDnsHostnames } from "./before";
import { onTerminal, pictured } from "./pictures";
import type { Project } from "./project";
import { writeOverride } from "./workspace";

/** Preflight of acme before its first deploy, in an account with two faults, which are mended again. */
export async function preflightPictured(project: Project): Promise<void> {
  const { world } = project;
  const user = { UserName: "acme-analytics_elasticsearch" };
  await world.iam.send(new CreateUserCommand(user));
  await setDnsHostnames(world, false);
  pictured("preflight.ansi", await onTerminal(project, "npx edx-analytics preflight acme", "preflight", "acme"));
  await world.iam.send(new DeleteUserCommand(user));
  await setDnsHostnames(world, true);
}

/** A plan of changes to the deployed acme, in a terminal and as CI's comment has it. */
export async function planPictured(project: Project, acme: ClientInput): Promise<void> {
  project.client("acme", {
    ...acme,
    director: { ...acme.director, sshFrom: ["0.0.0.0/0"] } as ClientInput["director"],
    hosts: { ...acme.hosts, iterations: { "1": { instanceType: "t3.large" } } },
    database: { iterations: { "1": { storageGiB: 50 } } },
    emr: { elasticsearchAccess: "any" },
  });
  await project.succeed("npm", ["run", "synth"], { env: { CLIENT: "acme" } });
  const folder = "cdktf.out/stacks/acme";
  const cwd = join(project.folder, folder);
  writeOverride(cwd);
  await project.succeed("terraform", ["plan", "-input=false", "-out=plan"], { cwd });
  const plan = `${folder}/plan.json`;
  await project.succeed("bash", ["-c", "umask 077; terraform show -json plan >plan.json"], { cwd });

  // As .ci/plan calls it.
  const forComment = [
    "--format",
    "markdown",
    "--title",
    "acme",
    "--state-bucket",
    "acme-terraform-state",
    "--configuration",
    `${folder}/cdk.tf.json`,
  ];
  const { stdout } = await project.run("node", ["cli/edx-analytics.js", "plan-summary", plan, ...forComment]);
  pictured("plan-comment.md", stdout);

  const prompt = "terraform show -json plan | npx edx-analytics plan-summary - --title acme";
  pictured("plan-summary.ansi", await onTerminal(project, prompt, "plan-summary", plan, "--title", "acme"));
}
