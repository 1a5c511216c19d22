import { githubBatches } from "./github";
import { gitlabPipeline } from "./gitlab";
import { matrixOf } from "./matrix";
import type { Synthesised } from "./trees";

function stack(name: string, more: object = {}): [string, Synthesised] {
  return [
    name,
    {
      provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] },
      terraform: { backend: { s3: { bucket: "acme-state", key: `acme/${name}.tfstate`, region: "eu-central-1" } } },
      ...more,
    },
  ];
}

const roles = { aws_iam_role: { plan: { name: "acme-ci-plan" }, apply: { name: "acme-ci-apply" } } };
const acme = new Map([stack("acme"), stack("acme-databases"), stack("acme-ci", { resource: roles })]);

describe("the matrix", () => {
  it("has what a job needs to plan and apply a stack, databases by their kind", () => {
    const [first, second] = matrixOf(acme, undefined, []).include;

    expect(first).toEqual({
      stack: "acme",
      client: "acme",
      kind: "aws",
      account: "123456789012",
      region: "eu-west-1",
      planRole: "arn:aws:iam::123456789012:role/acme-ci-plan",
      applyRole: "arn:aws:iam::123456789012:role/acme-ci-apply",
      stateBucket: "acme-state",
      stateRegion: "eu-central-1",
    });
    expect(second).toMatchObject({ stack: "acme-databases", client: "acme", kind: "databases" });
  });

  it("leaves databases stacks out on request, and says so", () => {
    const { include, byHand } = matrixOf(acme, undefined, ["databases"]);

    expect(include.map((entry) => entry.stack)).toEqual(["acme"]);
    expect(byHand[0]).toEqual({
      stack: "acme-databases",
      reason: "it is left out by --without. Plan it where its servers can be reached.",
    });
  });

  it("never has the stack of CI's own roles", () => {
    expect(matrixOf(acme, undefined, []).byHand).toEqual([
      {
        stack: "acme-ci",
        reason:
          "it holds the roles that CI itself has, which CI may not change. Deploy it by hand: `npm run deploy -- acme --stack acme-ci`.",
      },
    ]);
  });

  it("leaves a client without CI to people", () => {
    expect(matrixOf(new Map([stack("acme")]), undefined, []).byHand[0]?.reason).toContain(
      "clients/acme.ts has no `ci`",
    );
  });

  describe("of a stack that needs petoju/mysql", () => {
    const { terraform } = stack("acme-databases")[1];
    const required = { aws: { source: "hashicorp/aws" }, mysql: { source: "petoju/mysql" } };
    const lock = (...sources: string[]) =>
      sources.map((source) => `provider "registry.terraform.io/${source}" {\n  version = "1"\n}\n`).join("\n");
    const matrix = (locked: string, without: string[] = []) =>
      matrixOf(
        new Map([
          ...acme,
          stack("acme-databases", { terraform: { ...terraform, required_providers: required }, lock: locked }),
        ]),
        acme,
        without,
      );

    it("leaves it to people until that is locked, and says what to run", () => {
      expect(matrix(lock("hashicorp/aws"))).toEqual({
        include: [],
        byHand: [
          {
            stack: "acme-databases",
            reason:
              "providers/locks/databases.terraform.lock.hcl lacks petoju/mysql, and CI runs locked providers alone. Lock it and commit: `npx edx-analytics lock databases`.",
          },
        ],
      });
    });

    it("plans it once it is", () => {
      expect(matrix(lock("hashicorp/aws", "petoju/mysql")).include).toMatchObject([{ stack: "acme-databases" }]);
    });

    it("says nothing of locks where it is left out on request", () => {
      expect(matrix(lock("hashicorp/aws"), ["databases"]).byHand[0]?.reason).toContain("left out by --without");
    });
  });

  it.each<[string, object, string]>([
    [
      "bucket of the state",
      { terraform: { backend: { s3: { bucket: "other", key: "acme/acme.tfstate", region: "eu-central-1" } } } },
      "its state is in s3://acme-state/acme/acme.tfstate, and is to be in s3://other/acme/acme.tfstate, where a plan would find none",
    ],
    [
      "key of the state",
      { terraform: { backend: { s3: { bucket: "acme-state", key: "x/acme.tfstate", region: "eu-central-1" } } } },
      "is to be in s3://acme-state/x/acme.tfstate",
    ],
    [
      "region",
      { provider: { aws: [{ region: "eu-west-2", allowed_account_ids: ["123456789012"] }] } },
      "it was in eu-west-1 of account 123456789012, and is to be in eu-west-2 of 123456789012",
    ],
    [
      "account",
      { provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["210987654321"] }] } },
      "is to be in eu-west-1 of 210987654321",
    ],
  ])("leaves to people a stack that has another %s, of which a plan would make everything again", (_, more, words) => {
    const { include, byHand } = matrixOf(new Map([...acme, stack("acme", more)]), acme, []);

    expect(include).toEqual([]);
    expect(byHand).toEqual([{ stack: "acme", reason: expect.stringContaining(words) }]);
  });

  it("says of a stack that is gone whether its client is", () => {
    const without = (...gone: string[]) => new Map([...acme].filter(([name]) => !gone.includes(name)));
    const reasons = (...gone: string[]) => matrixOf(without(...gone), acme, []).byHand.map(({ reason }) => reason);

    expect(reasons("acme-databases")).toEqual([
      expect.stringContaining("clients/acme.ts no longer has it, and its resources still exist in AWS"),
    ]);
    expect(reasons("acme", "acme-databases", "acme-ci")[0]).toContain("its file no longer exists");
  });

  it("takes cdktf's notes for no difference, and a tag of their name for one", () => {
    const of = (note: unknown) =>
      new Map([...acme, stack("acme", { resource: { aws_vpc: { main: { "//": note } } } })]);

    expect(matrixOf(of({ metadata: "0.22" }), of({ metadata: "0.21" }), []).include).toEqual([]);
    expect(matrixOf(of("two"), of("one"), []).include).toHaveLength(1);
  });
});

describe("GitHub's form of it", () => {
  const entries = (count: number) => {
    const [entry] = matrixOf(acme, undefined, []).include;
    return Array.from({ length: count }, () => entry as NonNullable<typeof entry>);
  };

  it.each([
    [0, []],
    [256, [256]],
    [257, [256, 1]],
    [600, [256, 256, 88]],
  ])("is batches of 256, the most jobs of a matrix: %i stacks", (count, sizes) => {
    expect(githubBatches({ include: entries(count), byHand: [] }).batches.map(({ length }) => length)).toEqual(sizes);
  });

  it("leaves out none and keeps what is left to people", () => {
    const matrix = matrixOf(acme, undefined, []);

    expect(githubBatches(matrix)).toEqual({ batches: [matrix.include], byHand: matrix.byHand });
  });
});

describe("GitLab's form of it", () => {
  it("is a plan and an apply for each stack, which waits for it, with the roles of each", () => {
    const pipeline = gitlabPipeline(matrixOf(acme, undefined, []));

    expect(Object.keys(pipeline)).toEqual([
      "include",
      "plan:acme",
      "apply:acme",
      "plan:acme-databases",
      "apply:acme-databases",
      "by hand:acme-ci",
    ]);
    expect(pipeline["plan:acme"]).toMatchObject({
      extends: ".plan",
      variables: { STACK: "acme", AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/acme-ci-plan" },
    });
    expect(pipeline["apply:acme"]).toMatchObject({
      extends: ".apply",
      needs: [{ pipeline: "$PARENT_PIPELINE_ID", job: "synth" }, "plan:acme"],
      variables: { AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/acme-ci-apply" },
    });
    expect(pipeline["plan:acme-databases"]).toMatchObject({ tags: ["$DATABASES_RUNNER_TAG"] });
    expect(pipeline["plan:acme"]).not.toHaveProperty("tags");
  });

  it("has a job where there is nothing to plan, as a pipeline without any fails", () => {
    expect(gitlabPipeline({ include: [], byHand: [] })).toHaveProperty(["nothing to plan"]);
  });

  it("keeps dollars of a reason from GitLab's variables", () => {
    expect(gitlabPipeline({ include: [], byHand: [{ stack: "acme", reason: "$HOME" }] })["by hand:acme"]).toMatchObject(
      {
        variables: { REASON: "acme: $$HOME" },
      },
    );
  });
});
