import { join } from "node:path";
import type { z } from "zod";
import { clientSchema } from "../config/schema/client";
import { sharedSchema } from "../config/schema/shared";

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];

/** What an editor shows over a name. */
interface QuickInfo {
  readonly documentation?: readonly { readonly text: string }[];
  readonly tags?: readonly { readonly name: string }[];
}

/** A field in the text of a client file. */
interface Field {
  readonly path: string;
  readonly offset: number;
  readonly optional: boolean;
}

const root = join(__dirname, "..");

/**
 * The language service that editors bundle, of TypeScript 5. The native one of 7.0 shows nothing over a property of a
 * mapped type, as every type is that zod infers.
 */
const typescript = require("typescript-5");

/** What may be left out, around the schema of what is written. */
const wrappers: readonly string[] = ["optional", "default", "prefault"];

/** How many texts it takes to have each option of each union inside once. */
function variants(schema: Schema): number {
  const { def } = schema._zod as { def: Def };
  if ("innerType" in def) return variants(def.innerType);
  switch (def.type) {
    case "union":
      return def.options.map(variants).reduce((sum, count) => sum + count, 0);
    case "object":
      return Math.max(1, ...Object.values(def.shape).map(variants));
    case "record":
      return variants(def.valueType);
    default:
      return 1;
  }
}

/** Fields that an earlier file has, by the object and the path they are of: the editor need not be asked again. */
const known = new Map<Def, Set<string>>();

/** A file that sets every field, and where those stand that no earlier file has; `variant` chooses the options of unions. */
class Fixture {
  readonly fields: Field[] = [];
  text: string;

  constructor(define: string, schema: Schema, variant: number) {
    this.text = `import { ${define} } from "edx-analytics-aws";\nexport default ${define}(`;
    this.write(schema, variant, []);
    this.text += ");\n";
  }

  private write(schema: Schema, variant: number, path: readonly string[]): void {
    const { def } = schema._zod as { def: Def };
    if ("innerType" in def) {
      this.write(def.innerType, variant, path);
      return;
    }
    switch (def.type) {
      case "union": {
        let left = Math.min(variant, variants(schema) - 1);
        const option = def.options.find((candidate) => {
          left -= variants(candidate);
          return left < 0;
        }) as Schema;
        this.write(option, left + variants(option), path);
        break;
      }
      case "object":
        this.text += "{ ";
        for (const [name, field] of Object.entries(def.shape)) {
          const optional = wrappers.includes((field._zod.def as Def).type);
          this.add(def, { path: [...path, name].join("."), offset: this.text.length, optional });
          this.text += `${name}: `;
          this.write(field, variant, [...path, name]);
          this.text += ", ";
        }
        this.text += "}";
        break;
      case "record":
        this.text += '{ "1": ';
        this.write(def.valueType, variant, [...path, "1"]);
        this.text += " }";
        break;
      default:
        this.text += JSON.stringify(
          [...(schema._zod.values ?? [])][0] ?? { number: 1, boolean: true, array: [] }[def.type as string] ?? "x",
        );
    }
  }

  private add(object: Def, field: Field): void {
    const paths = known.get(object) ?? new Set();
    if (!paths.has(field.path)) this.fields.push(field);
    known.set(object, paths.add(field.path));
  }
}

const fixtures = new Map(
  [["defineClient", clientSchema] as const, ["defineSharedStack", sharedSchema] as const].flatMap(([define, schema]) =>
    Array.from({ length: variants(schema) }, (_, variant) => [
      join(root, "clients", `_${define}-${variant}.ts`),
      new Fixture(define, schema, variant),
    ]),
  ) as [string, Fixture][],
);

function languageService() {
  const { sys, ScriptSnapshot } = typescript;
  // What zod infers needs no newer library, which takes a second to read.
  const options = { target: "es2022", module: "node16", strict: true, skipLibCheck: true, lib: ["es5"], types: [] };
  return typescript.createLanguageService({
    getCompilationSettings: () => typescript.convertCompilerOptionsFromJson(options, root).options,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: typescript.getDefaultLibFilePath,
    getScriptFileNames: () => [...fixtures.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file: string) => {
      const text = fixtures.get(file)?.text ?? sys.readFile(file);
      return text === undefined ? undefined : ScriptSnapshot.fromString(text);
    },
    fileExists: (file: string) => fixtures.has(file) || sys.fileExists(file),
    readFile: sys.readFile,
    directoryExists: sys.directoryExists,
  });
}

describe("the editor", () => {
  const service = languageService();
  const shown = [...fixtures].flatMap(([file, { fields }]) =>
    fields.map((field) => ({
      ...field,
      info: service.getQuickInfoAtPosition(file, field.offset) as QuickInfo | undefined,
    })),
  );

  it("has every field of a client's and a shared stack's file before it", () => {
    for (const path of ["director.existing", "director.keyPair.publicKey", "emr.securityGroups.master.description"]) {
      expect(shown).toContainEqual(expect.objectContaining({ path }));
    }
  });

  it("shows what a field is", () => {
    const silent = shown.filter(({ info }) => !info?.documentation?.some(({ text }) => text.trim() !== ""));

    expect([...new Set(silent.map(({ path }) => path))]).toEqual([]);
  });

  it("shows the default of an optional field", () => {
    const silent = shown.filter(
      ({ optional, info }) => optional && !info?.tags?.some(({ name }) => name === "default"),
    );

    expect([...new Set(silent.map(({ path }) => path))]).toEqual([]);
  });
});
