import fc from "fast-check";
import { escaped } from "../handoff/terraform/hcl/template";
import type { Json } from "../handoff/terraform/hcl/value";

// One seed for every property: a run in CI is the same as the last one, and a failure can be repeated. New cases are found
// by changing it for a run.
fc.configureGlobal({ seed: 1, numRuns: 60 });

/** Parts of strings that careless writers of HCL get wrong. */
const adversarial = fc.constantFrom(
  ...['"', "\\", "\n", "\r\n", "\t", "${", "%{", "$", "%", "{", "}", "$${", "~}", "EOT", "EOT\n", "<<EOT", "<<-EOT\n"],
  ...[
    "#",
    "//",
    "/*",
    "'",
    "`",
    " ",
    "\n\n",
    "\n  ",
    "=",
    ",",
    "null",
    "true",
    "0",
    "\u0000",
    "\u001b",
    "\ufeff",
    "\u2028",
  ],
  ...["é", "e\u0301", "日本", "👩‍👩‍👧", "for x in y : z"],
);

/** Text as a person means it, whatever is in it. */
export const adversarialText = fc
  .array(fc.oneof(adversarial, fc.string({ maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** The same text as a template that stands for it, as Terraform's JSON form has it. */
const literal = adversarialText.map(escaped);

const text = fc.constantFrom(
  "var.name",
  "aws_vpc.main.id",
  'upper("a}b")',
  'lower("${1 + 1}x\\"y")',
  'jsonencode(merge({ a = "a long argument that makes for a long line, so that it is broken" }, { b = [for s in ["x"] : s if try(s.Sid, "") != "y"] }))',
);

/** Expressions that are no text, and can only stand alone. */
const alone = fc.constantFrom(
  '${merge({ a = [1, 2], "b c" = "}" })}',
  '${length("a rather long condition, longer than a line") == 44 && true ? one(["something rather long"]) : "something else"}',
  '${[for k, v in { a = 1 } : "${k}=${v}" if v > 0]}',
  '${{ for k, v in { a = "b" } : k => "${k} and something that makes it long, longer than a line may be: ${v}" }}',
  "${1 + 1}",
);

/** Templates: sequences among text, and single expressions. */
export const template = fc.oneof(
  alone,
  fc
    .array(
      fc.oneof(
        literal,
        text.map((source) => `\${${source}}`),
      ),
      { maxLength: 5 },
    )
    // A `$` before a sequence would make text of it.
    .map((parts) => parts.reduce((all, part) => (/[$%]$/.test(all) ? `${all} ${part}` : all + part), "")),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: template },
  { weight: 1, arbitrary: fc.constantFrom("true", "1", "", "null") },
  { weight: 1, arbitrary: fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.constantFrom(0.5, -2.25, 1e21)) },
);

/** Values of every kind, empty and deep ones among them. */
export const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(literal, fc.constantFrom("for", "null", "a.b", "1", "plain", "a-b")), tie("value"), {
      maxKeys: 3,
    }),
  ),
})).value;
