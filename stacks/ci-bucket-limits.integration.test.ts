import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { ci, policiesOf } from "../test/ci-stacks";
import { type Call, type Caller, callers, isAllowed } from "../test/iam";

// What a bucket's policy gives to CI's roles, call by call, is in the table of docs/ci.md.

const grades = (access: "merge-policy" | "new-policy"): Partial<ClientInput> => ({
  edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access } },
});

describe("where a bucket's policy lets them in", () => {
  const on = (bucket: string): Call[] => [
    { action: "s3:DeleteBucket", resource: `arn:aws:s3:::${bucket}` },
    { action: "s3:DeleteBucketPolicy", resource: `arn:aws:s3:::${bucket}` },
    { action: "s3:PutLifecycleConfiguration", resource: `arn:aws:s3:::${bucket}` },
    { action: "s3:DeleteObjectVersion", resource: `arn:aws:s3:::${bucket}/data` },
  ];
  const user = (name: string): Caller => ({
    arn: `arn:aws:iam::123456789012:user/${name}`,
    policies: [],
    boundary: callers(ci(grades("new-policy"))).made.boundary,
  });

  it("a client's user, whose keys an apply makes, destroys nothing", async () => {
    const calls = [...on("example-edxanalytics"), ...on("example-edxapp")];
    const caller = user("example-analytics_elasticsearch");

    expect(await Promise.all(calls.map((call) => isAllowed(caller, call, true)))).not.toContain(true);
  });

  it.each(["GetObject", "PutObject", "DeleteObject"])(
    "a client's user has no s3:%s in edxapp's bucket",
    async (name) => {
      const call = { action: `s3:${name}`, resource: "arn:aws:s3:::example-edxapp/private" };

      expect(await isAllowed(user("example-analytics_elasticsearch"), call, true)).toBe(false);
    },
  );
});

it("CI's roles keep what their own policies allow", async () => {
  const template = ci(grades("new-policy"));
  const { plan, apply } = callers(template);
  const lost = async (role: "plan" | "apply", caller: Caller) => {
    const calls = policiesOf(template, role).flatMap(({ actions, resources }) =>
      actions
        .filter((action) => /^s3:\w+$/.test(action))
        .flatMap((action) => resources.map((arn) => ({ action, resource: arn.replaceAll("*", "x") }))),
    );
    const allowed = await Promise.all(calls.map((call) => isAllowed(caller, call)));
    expect(calls.length).toBeGreaterThan(10);
    return calls.filter((_, index) => !allowed[index]);
  };

  expect([await lost("plan", plan), await lost("apply", apply)]).toEqual([[], []]);
});
