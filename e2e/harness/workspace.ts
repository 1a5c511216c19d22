import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { alarmsOfPlan } from "../../resources/plan/alarms";
import { type Plan as ReadPlan, readPlan } from "../../resources/plan/plan";
import { AnalyticsStack } from "../../stacks/analytics-stack";
import { SharedStack } from "../../stacks/shared-stack";
import { firstPlan } from "../../test/first-plan";
import type { Template } from "../../test/synth";
import type { Described, DescribedShared } from "./described";
import { type Result, type RunOptions, run, tail } from "./processes";
import type { World } from "./world";

/** What a plan would do, by resource address. */
export interface Plan {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly destroyed: readonly string[];
  readonly replaced: readonly string[];
  /** Addresses that are removed from the state, and stay in AWS. */
  readonly removed: readonly string[];
}

interface PlanJson {
  readonly resource_changes?: readonly { address: string; change: { actions: readonly string[] } }[];
}

/** Arguments that initialise Terraform for a stack, whatever the folder held before. */
export const init = ["init", "-input=false", "-no-color", "-reconfigure"];

/** A stack's folder as an operator has it under `cdktf.out/stacks`, with Terraform run in it. */
export class Workspace {
  readonly folder: string;
  /** What its plans and applies have printed so far, refused ones among them. */
  readonly printed: string[] = [];

  constructor(
    readonly world: World,
    readonly stack: string,
  ) {
    this.folder = join(world.tools.folder, `${world.name}-${stack}`);
  }

  /** Writes a client's stack, and initialises Terraform. */
  async client({ client }: Described): Promise<void> {
    await this.write((app) => new AnalyticsStack(app, client));
  }

  /** Writes a shared stack, and initialises Terraform. */
  async shared({ shared }: DescribedShared): Promise<void> {
    await this.write((app) => new SharedStack(app, shared));
  }

  /** Writes the stack that `build` adds, and initialises Terraform. */
  async write(build: (app: App) => unknown): Promise<void> {
    this.synthesize(build);
    await this.succeed(init);
  }

  /** Writes the stack that `build` adds. */
  synthesize(build: (app: App) => unknown): void {
    const outdir = join(this.folder, "cdktf.out");
    rmSync(outdir, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    const app = new App({ outdir, stackTraces: false });
    build(app);
    app.synth();
    cpSync(join(outdir, "stacks", this.stack, "cdk.tf.json"), join(this.folder, "cdk.tf.json"));
    writeOverride(this.folder);
  }

  /** Runs Terraform, whatever its exit status. */
  async terraform(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const result = await run("terraform", args, {
      cwd: this.folder,
      ...options,
      env: { ...this.world.environment(), ...options.env },
    });
    if (args[0] === "plan" || args[0] === "apply") {
      this.printed.push(result.output);
    }
    return result;
  }

  /** Runs Terraform, which has to succeed. */
  async succeed(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const result = await this.terraform(args, options);
    if (result.code !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${result.code}:\n${tail(result.output)}`);
    }
    return result;
  }

  /** Plans into the file `plan`, and says what it would do. */
  async plan(): Promise<Plan> {
    await this.succeed(["plan", "-input=false", "-no-color", "-out=plan"]);
    const { stdout } = await this.succeed(["show", "-json", "plan"]);
    const changes = (JSON.parse(stdout) as PlanJson).resource_changes ?? [];
    const having = (test: (actions: string) => boolean) =>
      changes.filter(({ change }) => test(change.actions.join(" "))).map(({ address }) => address);
    return {
      created: having((actions) => actions === "create"),
      updated: having((actions) => actions === "update"),
      destroyed: having((actions) => actions === "delete"),
      replaced: having((actions) => actions.includes(" ")),
      removed: having((actions) => actions === "forget"),
    };
  }

  /** The alarms of what `plan` planned, as `exposure of aws_instance.one`, beside those of the stack's first plan as unit tests have it. */
  async alarms(): Promise<{ readonly found: string[]; readonly expected: string[] }> {
    const { stdout } = await this.succeed(["show", "-json", "plan"]);
    const template = JSON.parse(readFileSync(join(this.folder, "cdk.tf.json"), "utf8")) as Template;
    const of = (plan: ReadPlan) =>
      alarmsOfPlan(plan)
        .map(({ category, resource }) => `${category} of ${resource.address}`)
        .sort();
    return { found: of(readPlan(stdout, "plan")), expected: of(firstPlan(template)) };
  }

  /** Applies what `plan` planned. */
  async apply(): Promise<void> {
    await this.succeed(["apply", "-input=false", "-no-color", "plan"]);
  }

  /** Plans again, and fails if anything at all differs, outputs among it. */
  async unchanged(): Promise<void> {
    const result = await this.terraform(["plan", "-input=false", "-no-color", "-detailed-exitcode"]);
    if (result.code !== 0) {
      throw new Error(`A second plan plans changes, or fails (${result.code}):\n${tail(result.output)}`);
    }
  }

  /** Deploys a client, after which nothing is left to change; what its plan did. */
  async deployed(described: Described): Promise<Plan> {
    await this.client(described);
    const plan = await this.plan();
    await this.apply();
    await this.unchanged();
    return plan;
  }

  /** A plan that has to fail, with a message. */
  async refused(args: readonly string[], expected: RegExp): Promise<void> {
    const result = await this.terraform(args);
    const output = result.output.replaceAll(/\s*\n[│╷╵ ]*/g, " ");
    if (result.code === 0) {
      throw new Error(`terraform ${args.join(" ")} succeeded, and should have been refused`);
    }
    if (!expected.test(output)) {
      throw new Error(`terraform ${args.join(" ")} was refused without saying ${expected}:\n${tail(result.output)}`);
    }
  }

  /** The outputs, secrets among them. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.succeed(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Addresses in the state. */
  async resources(): Promise<string[]> {
    const { stdout } = await this.succeed(["state", "list"]);
    return stdout.split("\n").filter((line) => line !== "");
  }
}

/** What talking to an emulator takes: nothing of it is in what a client deploys. */
const offline = { skip_credentials_validation: true, skip_metadata_api_check: true };
const emulated = {
  provider: { ...offline, s3_use_path_style: true, max_retries: 2 },
  backend: { ...offline, use_path_style: true },
};

/** In the stack's own file, as CI takes no other configuration beside it. */
export function emulate(folder: string): void {
  const file = join(folder, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8"));
  stack.provider.aws = [stack.provider.aws].flat().map((block: object) => ({ ...block, ...emulated.provider }));
  Object.assign(stack.terraform.backend.s3, emulated.backend);
  writeFileSync(file, JSON.stringify(stack, undefined, 2));
}

/** In an override beside it. */
export function writeOverride(folder: string): void {
  const { terraform } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const override = {
    provider: { aws: emulated.provider },
    // An override replaces the backend block as a whole.
    terraform: { backend: { s3: { ...terraform.backend.s3, ...emulated.backend } } },
  };
  writeFileSync(join(folder, "zz_override.tf.json"), JSON.stringify(override, undefined, 2));
}
