import { tmpdir } from "node:os";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Client } from "../config/client";
import { checkFiles } from "../config/load/load";
import type { SharedStackInput } from "../config/schema/shared";
import { AnalyticsStack } from "../stacks/analytics-stack";
import { ClientStack } from "../stacks/client-stack";
import { DatabasesStack } from "../stacks/databases-stack";
import { SharedStack } from "../stacks/shared-stack";
import { clientOf, type Overrides, sharedName } from "./client-files";
import { once } from "./once";

export { clientOf } from "./client-files";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what was synthesised by attribute, whatever its type.
type Block = Record<string, any>;

/** Terraform JSON, as far as tests read it. */
export interface Template {
  readonly resource: Record<string, Record<string, Block>>;
  readonly data: Record<string, Record<string, Block>>;
  readonly output: Record<string, Block>;
  readonly check?: Record<string, Block>;
  readonly ephemeral?: Record<string, Record<string, Block>>;
  readonly variable?: Record<string, Block>;
  readonly terraform: Block;
  readonly provider: Block;
  readonly locals?: Record<string, unknown>;
  readonly moved?: readonly [Block][];
  readonly removed?: readonly [Block][];
}

/** Synthesises what `build` puts into a stack of an account of its own. */
export function synthesize(build: (stack: ClientStack) => void): Template {
  const stack = testStack();
  build(stack);
  return template(stack);
}

/** An empty stack of an account of its own, called `test`. */
export function testStack(): ClientStack {
  const [region, accountId] = ["eu-west-1", "123456789012"];
  return new ClientStack(
    app(),
    { name: "test", stateKey: "test/test.tfstate" },
    { region, accountId, state: { bucket: "test-terraform-state", region, accountId } },
  );
}

/** Synthesises what `build` puts into a plain stack of cdktf's, as in another project's app. */
export function synthesizePlain(build: (stack: TerraformStack) => void): Template {
  const stack = new TerraformStack(app(), "plain");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  build(stack);
  return template(stack);
}

/** Synthesises a client's AWS side: the example with the given fields in the place of its own. */
export function synthesizeClient(overrides: Overrides = {}): Template {
  return analyticsOf(clientOf(overrides));
}

/** Synthesises a client's MySQL databases: the example's with the given fields in the place of its own. */
export function synthesizeDatabases(overrides: Overrides = {}): Template {
  return databasesOf(clientOf(overrides));
}

/** Synthesises a client's AWS side, once for all that come to the same client. */
export function analyticsOf(client: Client): Template {
  return once(["AnalyticsStack", client], () => template(new AnalyticsStack(app(), client)));
}

/** Synthesises a client's MySQL databases, once for all that come to the same client. */
export function databasesOf(client: Client): Template {
  return once(["DatabasesStack", client], () => template(new DatabasesStack(app(), client)));
}

/** Synthesises a shared stack, once: that of the project unless another file is named. */
export function synthesizeShared(input: SharedStackInput, name = sharedName): Template {
  return once(["SharedStack", name, input], () => {
    const [shared] = checkFiles([{ name, input }], { complete: true }).shared;
    if (shared === undefined) {
      throw new Error(`${name} was read as no shared stack`);
    }
    return template(new SharedStack(app(), shared));
  });
}

/** The addresses of all resources and data sources, sorted. */
export function addressesOf({ resource, data }: Template): string[] {
  const of = (kind: Record<string, Record<string, Block>> = {}, prefix = "") =>
    Object.entries(kind).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...of(resource), ...of(data, "data.")].sort();
}

/** What a reviewer reads of a template: without the construct paths that cdktf notes beside each resource. */
export function withoutMetadata(synthesised: Template): unknown {
  return JSON.parse(textOf(synthesised));
}

/** The same, as JSON. */
export function textOf(synthesised: Template): string {
  return JSON.stringify(synthesised, (key, value) => (key === "//" ? undefined : value));
}

/** An app that writes nothing; cdktf makes its folder all the same, so it has an existing one. */
export function app(): App {
  return new App({ stackTraces: false, outdir: tmpdir() });
}

/** A stack's Terraform JSON, after the checks of a synth. */
export function template(stack: TerraformStack): Template {
  stack.prepareStack();
  stack.runAllValidations();
  return stack.toTerraform() as Template;
}
