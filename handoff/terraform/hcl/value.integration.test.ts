import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { adversarialText, template, value } from "../../../test/adversarial-values";
import { plainBlock, writtenFile } from "./body";
import { escaped } from "./template";
import type { Json, Value } from "./value";

/** What HashiCorp's own parser reads in such a file, in the JSON form. */
async function readBack(attribute: Value): Promise<unknown> {
  const text = writtenFile([], [plainBlock("locals", [], [{ name: "a", value: attribute, comments: [] }])]);
  return (await parse("a.tf", text)).locals[0].a;
}

/**
 * A value to be compared: Unicode composed, as Terraform composes it in both forms; and in templates with sequences,
 * without the blanks and brackets that break lines.
 */
function comparable(json: unknown): unknown {
  const text = JSON.stringify(json, (_, inner) =>
    typeof inner === "string" && inner.includes("${") ? inner.replaceAll(/[\s(),]/g, "") : inner,
  );
  return JSON.parse(text.normalize());
}

/** What Terraform reads in the JSON form: of a template's beginning it drops one byte order mark. */
function meant(json: Json): unknown {
  return comparable(JSON.parse(JSON.stringify(json).replaceAll('"\ufeff', '"')));
}

describe("a string", () => {
  it("is read back as it was, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(adversarialText, async (string) => {
        expect(comparable(await readBack(escaped(string)))).toEqual(meant(escaped(string)));
      }),
    );
  });
});

describe("a value", () => {
  it("is read back as it was, however deep and empty", async () => {
    await fc.assert(
      fc.asyncProperty(value, async (json: Json) => {
        expect(comparable(await readBack(json))).toEqual(meant(json));
      }),
    );
  });

  it("with sequences is read back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(template, async (json) => {
        expect(comparable(await readBack(json))).toEqual(meant(json));
      }),
    );
  });

  // As Terraform reads the same in the JSON form.
  it("loses one byte order mark at the beginning of a key and of a string", async () => {
    expect(await readBack({ "\ufeff\ufeff": "\ufeff\ufeffx\ufeff" })).toEqual({ "\ufeff": "\ufeffx\ufeff" });
  });
});
