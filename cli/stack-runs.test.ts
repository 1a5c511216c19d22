import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { loadOne } from "../config/load/load";
import { AwsError } from "../resources/aws/errors";
import { fakeTerminal } from "../test/fake-terminal";
import { sts } from "../test/ready-account";
import { CommandError } from "./command-error";
import { refuseWithoutTerminal, runStacks } from "./stack-runs";

beforeEach(() => {
  sts.reset();
  signedInTo("123456789012");
});

function signedInTo(accountId: string): void {
  sts.on(GetCallerIdentityCommand).resolves({ Account: accountId, Arn: `arn:aws:iam::${accountId}:user/me` });
}

/** What `cdktf` is started with, and what the command says; it fails where a stack is named. */
async function runsOf(verb: "diff" | "deploy" | "destroy", name: string, stack?: string, failing?: string) {
  const started: string[] = [];
  const cdktf = (args: readonly string[], client: string) => {
    started.push(`CLIENT=${client} cdktf ${args.join(" ")}`);
    return args.includes(failing ?? "") ? 1 : 0;
  };
  const options = stack === undefined ? {} : { stack };
  try {
    await runStacks(verb, loadOne(name), options, fakeTerminal(), cdktf);
    return { started };
  } catch (error) {
    expect([CommandError, AwsError]).toContain((error as Error).constructor);
    return { started, message: (error as Error).message };
  }
}

describe("deploy, diff and destroy", () => {
  it("take a client's stacks in their order, and synthesise that client once", async () => {
    expect((await runsOf("deploy", "example")).started).toEqual([
      "CLIENT=example cdktf deploy example",
      "CLIENT=example cdktf deploy example-databases --skip-synth",
    ]);
  });

  it("destroy the databases before the server that they are on", async () => {
    expect((await runsOf("destroy", "example")).started.map((line) => line.split(" ")[3])).toEqual([
      "example-databases",
      "example",
    ]);
  });

  it("never approve in the operator's place", async () => {
    const runs = await Promise.all((["diff", "deploy", "destroy"] as const).map((verb) => runsOf(verb, "example")));
    const all = runs.flatMap(({ started }) => started);

    expect(all).toHaveLength(6);
    expect(all.filter((line) => line.includes("approve"))).toEqual([]);
  });

  it("refuse to begin what nobody can approve: cdktf would leave the state locked", () => {
    const refuse = (verb: "diff" | "deploy" | "destroy", isTerminal: boolean) => () =>
      refuseWithoutTerminal(verb, "acme", isTerminal);

    expect(refuse("deploy", false)).toThrow(
      "acme: `deploy` asks for your approval, and standard input is not a terminal. Run it in one; in CI, `.ci/apply` applies the plan that was approved: docs/ci.md. Nothing was started.",
    );
    expect(refuse("destroy", false)).toThrow(CommandError);
    expect(refuse("deploy", true)).not.toThrow();
    expect(refuse("diff", false)).not.toThrow();
  });

  it("take one stack, CI's among them, and a shared stack", async () => {
    signedInTo("210987654321");
    expect((await runsOf("diff", "birch", "birch-ci")).started).toEqual(["CLIENT=birch cdktf diff birch-ci"]);
    expect((await runsOf("diff", "shared-210987654321-eu-central-1")).started).toEqual([
      "CLIENT=shared-210987654321-eu-central-1 cdktf diff shared-210987654321-eu-central-1",
    ]);
  });

  it("stop at the first stack that fails, and say what was left", async () => {
    const { started, message } = await runsOf("deploy", "example", undefined, "example");

    expect(started).toHaveLength(1);
    expect(message).toBe(
      "example: `cdktf deploy example` ended with status 1; example-databases was left as it is. Correct what Terraform says above, then repeat the command, or go on with one stack: `npm run deploy -- example --stack example`.",
    );
    // The stack that was named is no advice.
    expect((await runsOf("diff", "example", "example", "example")).message).toBe(
      "example: `cdktf diff example` ended with status 1. Correct what Terraform says above, then repeat the command.",
    );
  });

  it("refuse a stack that is not the client's", async () => {
    expect(await runsOf("deploy", "example", "olive")).toEqual({
      started: [],
      message: '--stack is "olive"; example has example, example-databases. Name one of them.',
    });
  });

  it("start nothing without credentials, or with another account's: Terraform speaks of EC2's metadata service then", async () => {
    signedInTo("999999999999");
    expect(await runsOf("diff", "example")).toEqual({
      started: [],
      message:
        "example: these credentials are of account 999999999999 (arn:aws:iam::999999999999:user/me), and 123456789012 is required. Set AWS_PROFILE to the right account's. Nothing was changed.",
    });
    sts.rejects(Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }));
    const { started, message } = await runsOf("deploy", "example");
    expect(started).toEqual([]);
    expect(message).toMatch(/^example: there .*Set AWS_PROFILE/);
  });
});
