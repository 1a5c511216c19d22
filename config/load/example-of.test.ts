import type { z } from "zod";
import { clientSchema } from "../schema/client";
import { sharedSchema } from "../schema/shared";
import { exampleOf } from "./example-of";

/** Names of the fields of a schema of which the example is not allowed. */
function refused(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([, field]) => !field.safeParse(parsed(exampleOf(field))).success)
    .map(([name]) => name);
}

/** What a text of TypeScript's is the value of. */
function parsed(text: string): unknown {
  return JSON.parse(text.replaceAll(/([{,] )(\w+):/g, '$1"$2":'));
}

describe("an example", () => {
  it("of each field of a client file is what the field allows, but for texts that nobody can make up", () => {
    // A list of keys' texts, a PGP key.
    expect(refused(clientSchema)).toEqual(["pgpKey"]);
    expect(refused(sharedSchema)).toEqual([]);
  });

  it("is what was found, in the right form", () => {
    const { accountId, director, hosts } = clientSchema.shape;

    expect(exampleOf(accountId, 210987654321)).toBe('"210987654321"');
    expect(exampleOf(accountId, 5)).toBe('"123456789012"');
    expect(exampleOf(director, "sg-0a1b2c3d")).toBe('{ existing: "sg-0a1b2c3d" }');
    expect(exampleOf(hosts, "acme")).toBe('{ keyPair: { existing: "acme-analytics" } }');
  });

  it("has one of several fields where one is required", () => {
    expect(exampleOf(clientSchema.shape.ci)).toBe('{ github: { repository: "acme/infrastructure" } }');
    expect(exampleOf(clientSchema.shape.edxapp)).toContain(
      'database: { user: "acme-analytics", access: "group-rules", identifier:',
    );
  });
});
