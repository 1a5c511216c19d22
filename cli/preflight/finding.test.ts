import { type Context, nameAnswer } from "./finding";

const own = { Project: "edx-analytics", Client: "acme" };
const tags = (given: Readonly<Record<string, string>>) => async () =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
const context = {
  name: "acme",
  kind: "client",
  hasState: async () => true,
  imports: { "aws_iam_role.x": "edxanalytics" },
  lookUp: { resources: { defaultTags: { ...own, ManagedBy: "terraform" } } },
} as unknown as Context;
const answer = (outcome: Parameters<typeof nameAnswer>[2], given: Partial<Context> = {}) =>
  nameAnswer({ ...context, ...given }, "aws_iam_role.x", outcome, "Rename it");

describe("the name of a resource", () => {
  it("is free where nothing has it", async () => {
    expect(await answer({ kind: "not-found" })).toMatchObject({ verdict: "ok" });
  });

  it("is the stack's where what has it is managed by it, whether an import would replace it or not", async () => {
    const managed = { verdict: "ok", text: "exists, managed by this stack" };

    expect(await answer({ kind: "found", id: "x", tags: tags(own) })).toEqual(managed);
    expect(await answer({ kind: "conflict", why: "because", tags: tags(own) })).toEqual(managed);
  });

  it("is not the stack's, tags or not, where its state is new: a deploy would create it again", async () => {
    const isNew = { hasState: async () => false };

    expect(await answer({ kind: "found", id: "x", tags: tags(own) }, isNew)).toEqual({
      verdict: "refused",
      text: expect.stringMatching(
        /^exists, with this stack's tags, and the state is new: .+ Correct `state`, or bring/,
      ),
    });
    expect(await answer({ kind: "found", id: "edxanalytics", tags: tags(own) }, isNew)).toMatchObject({
      verdict: "ok",
      text: "exists, imported by clients/imports/acme.json",
    });
  });

  it("is the stack's where it imports that very thing", async () => {
    expect(await answer({ kind: "found", id: "edxanalytics", tags: tags({}) })).toEqual({
      verdict: "ok",
      text: "exists, imported by clients/imports/acme.json",
    });
    expect(await answer({ kind: "found", id: "another", tags: tags({}) })).toMatchObject({ verdict: "refused" });
  });

  it("is taken where what has it is managed by another client, or unmanaged", async () => {
    expect(await answer({ kind: "found", id: "x", tags: tags({ ...own, Client: "birch" }) })).toEqual({
      verdict: "refused",
      text: "exists, and is managed by client birch. Rename it.",
    });
    expect(await answer({ kind: "conflict", why: "because", tags: tags({}) })).toEqual({
      verdict: "refused",
      text: "exists, and is not managed by this stack. Rename it.",
    });
    expect(await answer({ kind: "conflict", why: "it is another account's" })).toMatchObject({ verdict: "refused" });
  });

  it("may be either where the question was not answered", async () => {
    expect(await answer({ kind: "unknown", why: "these credentials lack iam:GetRole" })).toEqual({
      verdict: "unasked",
      text: "could not be asked: these credentials lack iam:GetRole. Ask with other credentials, or look yourself.",
    });
  });
});
