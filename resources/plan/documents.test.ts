import { attributesOf } from "../attributes";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const safe = {
  domain_endpoint_options: [{ enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-2019-07" }],
  encrypt_at_rest: [{ enabled: true }],
  node_to_node_encryption: [{ enabled: true }],
};

const reading = "data.aws_iam_policy_document.access";

const ofReports = {
  constant_value: ["${aws_iam_user.reports.arn}"],
  references: ["aws_iam_user.reports.arn", "aws_iam_user.reports"],
};

/** A domain whose policy is a document with an ARN in it that AWS has yet to give. */
function domain(written: object, statement: object = {}, unknown: object = {}, identifiers: object = ofReports) {
  const statements = [
    {
      actions: ["es:ESHttp*"],
      effect: "Allow",
      principals: [{ type: "AWS", identifiers: [null] }],
      resources: ["*"],
      condition: [],
      ...statement,
    },
  ];
  const marks = { statement: [{ principals: [{ identifiers: [true] }], ...unknown }], json: true };
  return readPlan(
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [
        {
          address: "aws_elasticsearch_domain.es",
          type: "aws_elasticsearch_domain",
          change: { actions: ["create"], before: null, after: safe, after_unknown: { access_policies: true } },
        },
        {
          address: reading,
          mode: "data",
          type: "aws_iam_policy_document",
          change: { actions: ["read"], before: null, after: { statement: statements }, after_unknown: marks },
        },
      ],
      configuration: {
        root_module: {
          resources: [
            { address: "aws_elasticsearch_domain.es", expressions: { access_policies: written } },
            {
              address: reading,
              expressions: {
                statement: [
                  {
                    principals: [
                      {
                        type: { constant_value: "AWS" },
                        identifiers,
                      },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
    }),
    "plan.json",
  );
}

const references = [`${reading}.json`, reading];
const inJson = { constant_value: `\${${reading}.json}`, references };
const policyOf = (plan: ReturnType<typeof domain>) =>
  attributesOf(plan.resource_changes[0]?.change.after).access_policies;
const said = (plan: ReturnType<typeof domain>) => alarmsOfPlan(plan).map((alarm) => textOf(alarm));

describe("a policy that Terraform knows after the apply alone", () => {
  it("is read from its document, with what its configuration refers to in the place of an ARN", () => {
    const plan = domain(inJson);

    expect(JSON.parse(String(policyOf(plan))).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["es:ESHttp*"],
        Resource: ["*"],
        Principal: { AWS: [`\${aws_iam_user.reports.arn}`] },
      },
    ]);
    expect(said(plan)).toEqual([]);
  });

  it("is judged like any other", () => {
    const plan = domain(inJson, { principals: [{ type: "*", identifiers: ["*"] }] });

    expect(said(plan)).toEqual(["opens to the world: es:ESHttp* to everybody, by its policy"]);
  });

  it.each<[string, object, object?, object?]>([
    ["its expression may be more than the document", { references }],
    ["it is the document within other text", { constant_value: `\${upper(${reading}.json)}`, references }],
    ["the document's actions are not known", inJson, { actions: null }, { actions: true }],
    [
      "the type of a principal is not known",
      inJson,
      { principals: [{ identifiers: ["arn:aws:iam::999999999999:root"] }] },
      { principals: [{ type: true, identifiers: [false] }] },
    ],
    [
      "the operator of a condition is not known",
      inJson,
      { condition: [{ variable: "aws:SourceIp", values: ["10.0.0.0/8"] }] },
      { condition: [{ test: true, values: [false] }] },
    ],
    [
      "the key of a condition is not known",
      inJson,
      { condition: [{ test: "StringEquals", values: ["x"] }] },
      { condition: [{ variable: true, values: [false] }] },
    ],
    ["the principals are not known", inJson, { principals: [] }, { principals: true }],
    ["the conditions are not known", inJson, {}, { condition: true }],
    ["its document is not in the plan", { constant_value: "${data.x.y.json}", references: ["data.x.y.json"] }],
  ])("stays unknown where %s", (_, written, statement = {}, unknown = {}) => {
    const plan = domain(written, statement, unknown);

    expect(policyOf(plan)).toBeUndefined();
    expect(said(plan)).toEqual(["has a policy that is known after the apply alone: access_policies"]);
  });

  it.each([
    '${replace(aws_iam_user.reports.arn, "/.*/", "arn:aws:iam::999999999999:root")}',
    '${aws_iam_user.reports.arn == "" ? "x" : "arn:aws:iam::999999999999:root"}',
    "${aws_iam_user.reports.arn}${aws_iam_user.reports.arn}",
    "arn:aws:iam::${aws_iam_user.reports.unique_id}:root",
    "%{ if true }*%{ endif }${aws_iam_user.reports.arn}",
  ])("has an alarm of what is more than a reference: %s", (text) => {
    const plan = domain(inJson, {}, {}, { constant_value: [text], references: ofReports.references });

    expect(said(plan)).toEqual([`is in part known after the apply alone: allow es:ESHttp* on * to ${text}`]);
  });

  it("has an alarm of what the configuration does not show, as in Terraform's own syntax", () => {
    const plan = domain(inJson, {}, {}, { references: ofReports.references });

    expect(said(plan)).toEqual([
      "is in part known after the apply alone: allow es:ESHttp* on * to (known after apply)",
    ]);
  });

  it("has the principals of all its blocks", () => {
    const principals = [
      { type: "AWS", identifiers: ["arn:aws:iam::999999999999:root"] },
      { type: "AWS", identifiers: ["arn:aws:iam::999999999999:user/x"] },
    ];
    const plan = domain(inJson, { principals }, { principals: [{}, {}], resources: [false] });

    expect(JSON.parse(String(policyOf(plan))).Statement[0].Principal.AWS).toEqual(
      principals.flatMap(({ identifiers }) => identifiers),
    );
  });
});
