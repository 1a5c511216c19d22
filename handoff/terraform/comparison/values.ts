import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../hcl/value";
import { parsed, variablesOf } from "./parsed";

/** A value that a folder gives a variable, and the file that does. */
export interface GivenValue {
  readonly value: Json;
  readonly file: string;
}

/**
 * What Terraform gives the variables of a folder: defaults, then `terraform.tfvars`, then `*.auto.tfvars`. What its
 * environment and command line add is not seen here.
 * @throws UnreadableFile of the first file that cannot be read
 */
export async function valuesIn(folder: string): Promise<ReadonlyMap<string, GivenValue>> {
  const names = readdirSync(folder).sort();
  const values = new Map<string, GivenValue>();
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  for (const file of names.filter((name) => /\.tf(\.json)?$/.test(name))) {
    for (const [name, { default: value }] of Object.entries(await variablesOf(join(folder, file), read(file)))) {
      if (value !== undefined) {
        values.set(name, { value, file });
      }
    }
  }
  const own = ["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name));
  for (const file of [...own, ...names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name))]) {
    for (const [name, value] of Object.entries(await parsed(join(folder, file), read(file)))) {
      values.set(name, { value, file });
    }
  }
  return values;
}
