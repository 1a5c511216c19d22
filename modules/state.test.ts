import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { app, synthesize, synthesizePlain, template } from "../test/synth";
import { addressBelow, addressOf } from "./address";
import { importExisting, moveInState, removeFromState } from "./state";

describe.each([
  ["a plain stack", synthesizePlain],
  ["a stack with readable addresses", synthesize],
])("an address below a construct of %s", (_, synthesizeIn) => {
  it.each([[["Resource"]], [["service"]], [["Inner", "Resource"]], [["inner", "service-role"]]] as [
    [string, ...string[]],
  ][])("is the one that a resource at %s gets, and leaves its place free", (ids) => {
    const addresses: unknown[] = [];
    synthesizeIn((stack) => {
      const scope = new Construct(new Construct(stack, "Outer"), "reports-user");
      addresses.push(addressBelow(scope, "aws_iam_user", ...ids));
      const parent = ids.slice(0, -1).reduce<Construct>((outer, id) => new Construct(outer, id), scope);
      addresses.push(addressOf(new IamUser(parent, ids.at(-1) as string, { name: "reports" })));
      addresses.push(addressBelow(scope, "aws_iam_user", ...ids));
    });

    expect(new Set(addresses).size).toBe(1);
    expect(addresses[0]).toMatch(/^aws_iam_user\.\w+/);
  });
});

describe("blocks of the state", () => {
  it("are those of all constructs of a stack, nested ones too", () => {
    const { moved, removed } = synthesizePlain((stack) => {
      const nested = new Construct(stack, "Nested");
      moveInState(stack, "aws_iam_user.a", "aws_iam_user.b");
      removeFromState(stack, ["aws_iam_user.c"]);
      moveInState(nested, "aws_iam_user.d", "aws_iam_user.e");
      removeFromState(nested, ["aws_iam_user.f"]);
    });

    expect(moved).toEqual([
      [{ from: "aws_iam_user.a", to: "aws_iam_user.b" }],
      [{ from: "aws_iam_user.d", to: "aws_iam_user.e" }],
    ]);
    expect(removed).toEqual([
      [{ from: "aws_iam_user.c", lifecycle: { destroy: false } }],
      [{ from: "aws_iam_user.f", lifecycle: { destroy: false } }],
    ]);
  });

  it("import by address", () => {
    const stack = new TerraformStack(app(), "imports");
    importExisting(stack, { "aws_iam_user.reports": "reports" });
    importExisting(stack, { "aws_iam_user.api": "api" });

    expect(template(stack)).toMatchObject({
      import: [[{ to: "aws_iam_user.reports", id: "reports" }], [{ to: "aws_iam_user.api", id: "api" }]],
    });
  });

  it("are none where nothing is asked for, and none of another stack's", () => {
    const nothing = synthesizePlain((stack) => {
      removeFromState(stack, []);
      importExisting(stack, {});
    });

    expect(nothing).not.toHaveProperty("removed");
    expect(nothing).not.toHaveProperty("import");
    expect(nothing).not.toHaveProperty("moved");
  });
});
