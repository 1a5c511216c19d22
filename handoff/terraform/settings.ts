import { requiredVersion } from "../../stacks/beside";
import type { Report } from "./arguments";
import type { DeployedWith } from "./deployed-with";
import { asObject, type Synthesised, unevaluated } from "./entries";
import { type Attribute, type Block, plainBlock } from "./hcl/body";
import type { Value } from "./hcl/value";

/** The `terraform` blocks: versions in one, the backend in another. */
export interface Settings {
  readonly versions: Block;
  readonly backend: Block;
}

/** Reads the settings of Terraform itself. The range of a provider is narrower than that of the JSON form, whose lock file decides. */
export function settingsOf(synthesised: Synthesised, { ranges }: DeployedWith, report: Report): Settings {
  const { required_providers, backend, ...others } = asObject(synthesised.terraform);
  for (const name of Object.keys(others)) {
    report("terraform", name, "is a setting that has no form in HCL here");
  }
  const providers = Object.entries(asObject(required_providers)).map(([name, value]) => {
    const { source, version, ...rest } = asObject(value);
    return attribute(name, {
      source: String(source),
      version: ranges[name] ?? version ?? null,
      ...asObject(unevaluated(rest)),
    });
  });
  const [[backendType, settings] = ["local", {}]] = Object.entries(asObject(backend));
  return {
    versions: plainBlock(
      "terraform",
      [],
      [attribute("required_version", requiredVersion)],
      [plainBlock("required_providers", [], providers)],
    ),
    backend: plainBlock(
      "terraform",
      [],
      [],
      [
        plainBlock(
          "backend",
          [backendType],
          backendOrder(Object.entries(asObject(settings))).map(([name, value]) => attribute(name, unevaluated(value))),
        ),
      ],
    ),
  };
}

/** Where the state is comes first. */
function backendOrder(entries: readonly (readonly [string, Value])[]): (readonly [string, Value])[] {
  const where = ["bucket", "key", "region"];
  const rank = (name: string) => (where.includes(name) ? where.indexOf(name) : where.length);
  return [...entries].sort(([one], [other]) => rank(one) - rank(other));
}

function attribute(name: string, value: Value): Attribute {
  return { name, value, comments: [] };
}
