import { acceptedFindingsOf } from "./accepted-findings";

function checksOf(kind: string, resource: object): string[] {
  return acceptedFindingsOf(kind, { ...resource }).map(({ check }) => check);
}

describe("findings of scanners are accepted", () => {
  const rule = { from_port: 0, to_port: 65535 };

  it("of a rule that admits a group, and not of one that admits everybody", () => {
    const [group, world] = [{ referenced_security_group_id: "sg-1" }, { cidr_ipv4: "0.0.0.0/0" }].map((source) =>
      checksOf("aws_vpc_security_group_ingress_rule", { ...rule, ...source }),
    );

    expect(group).toEqual(["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260"]);
    expect(world).toEqual([]);
  });

  it("of a host that software without IMDSv2 runs on, and not of another", () => {
    const [optional, required] = ["optional", "required"].map((tokens) =>
      checksOf("aws_instance", { metadata_options: { http_tokens: tokens } }).includes("CKV_AWS_79"),
    );

    expect([optional, required]).toEqual([true, false]);
  });

  it("of a database that was made without encryption, and not of an encrypted one", () => {
    const [plain, encrypted] = [false, true].map((on) =>
      checksOf("aws_db_instance", { storage_encrypted: on }).includes("CKV_AWS_16"),
    );

    expect([plain, encrypted]).toEqual([true, false]);
  });

  it("of a domain with AWS's own key, and not of one with the client's", () => {
    const [aws, client] = [{ enabled: true }, { enabled: true, kms_key_id: "arn:aws:kms:one" }].map((atRest) =>
      checksOf("aws_elasticsearch_domain", { encrypt_at_rest: atRest }).includes("CKV_AWS_247"),
    );

    expect([aws, client]).toEqual([true, false]);
  });

  it("of a policy on every resource, where IAM could not name one, and not of a narrower one", () => {
    const [everything, metrics, one, limited] = [
      { actions: ["elasticmapreduce:*"], resources: ["*"] },
      { actions: ["cloudwatch:PutMetricData"], resources: ["*"] },
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme/*"] },
      { actions: ["ec2:RunInstances"], resources: ["*"], condition: { test: "StringEquals" } },
    ].map((statement) => checksOf("data.aws_iam_policy_document", { statement }));

    expect(everything).toEqual(["CKV_AWS_356", "CKV_AWS_109", "CKV_AWS_111"]);
    expect([metrics, one, limited]).toEqual([[], [], []]);
  });
});
