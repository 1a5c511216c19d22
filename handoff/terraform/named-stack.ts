import type { DeployedWith } from "./deployed-with";
import { asObject, type Synthesised } from "./entries";
import type { Value } from "./hcl/value";

/** A stack by its name, and what it is synthesised to. */
export interface NamedStack {
  readonly name: string;
  readonly synthesised: Synthesised;
}

/** A stack, and what it was deployed with. */
export interface DeployedStack extends NamedStack {
  readonly deployed: DeployedWith;
}

/** Its resources, by type and name. */
export function resourcesOf({ synthesised }: NamedStack): Readonly<Record<string, Value>> {
  return asObject(synthesised.resource);
}

/** What its state's backend is told. */
export function backendOf({ synthesised }: NamedStack): Readonly<Record<string, Value>> {
  return asObject(asObject(asObject(synthesised.terraform).backend).s3);
}

/** Whether it logs in to MySQL. */
export function hasMysql({ synthesised }: NamedStack): boolean {
  return "mysql" in asObject(asObject(synthesised.terraform).required_providers);
}

/** Whether it is the stack of CI's roles. */
export function hasCiRoles({ synthesised: { resource, data } }: NamedStack): boolean {
  return [resource, data].some((section) => "aws_iam_openid_connect_provider" in asObject(section));
}
