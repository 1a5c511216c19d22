import { plainBlock } from "./hcl/body";
import { Raw, type Value } from "./hcl/value";
import { referenceOf } from "./readme-reference";

const block = (type: string, name: string, attributes: Record<string, Value>) =>
  plainBlock(
    type,
    [name],
    Object.entries(attributes).map(([argument, value]) => ({ name: argument, value, comments: [] })),
  );

describe("a README's tables", () => {
  it("are sorted, say what has no default, and show characters of Markdown and of templates", () => {
    const text = referenceOf(
      [
        block("variable", "b", { description: "One $${x} | two", type: new Raw("string"), default: null }),
        block("variable", "a", { description: "A number", type: new Raw("number") }),
      ],
      [block("output", "c", { value: "x" })],
    );

    expect(text).toBe(`<!-- BEGIN_TF_DOCS -->
## Inputs

| Name | Description | Type | Required |
|------|-------------|------|:--------:|
| a | A number | \`number\` | yes |
| b | One \${x} \\| two | \`string\` | no |

## Outputs

| Name | Description |
|------|-------------|
| c | n/a |
<!-- END_TF_DOCS -->`);
  });

  it("say where there are none", () => {
    expect(referenceOf([], [])).toContain("## Inputs\n\nNo inputs.\n\n## Outputs\n\nNo outputs.\n");
  });
});
