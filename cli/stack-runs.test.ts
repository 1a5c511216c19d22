import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { loadOne } from "../config/load/load";
import { AwsError } from "../resources/aws/errors";
import { clientOf, type Overrides } from "../test/client-files";
import { fakeTerminal } from "../test/fake-terminal";
import { sts } from "../test/ready-account";
import { CommandError } from "./command-error";
import { chosen, refuseWithoutTerminal, runStacks } from "./stack-runs";

beforeEach(() => {
  sts.reset();
  signedInTo("123456789012");
});

function signedInTo(accountId: string): void {
  sts.on(GetCallerIdentityCommand).resolves({ Account: accountId, Arn: `arn:aws:iam::${accountId}:user/me` });
}

/** A plan as Terraform writes it, of one stack that changes nothing. */
const emptyPlan = JSON.stringify({ format_version: "1.2", complete: true, resource_changes: [] });

/** What is started, and what the command says; what starts with the failing words fails. */
async function runsOf(verb: "diff" | "deploy" | "destroy", name: string, stack?: string, failing?: string) {
  const started: string[] = [];
  const start = (command: string) => {
    started.push(command);
    return failing === undefined || !command.startsWith(failing);
  };
  const tools = {
    cdktf: (args: readonly string[], client: string) => (start(`cdktf ${args.join(" ")} of ${client}`) ? 0 : 1),
    synth: (client: string) => (start(`synth of ${client}`) ? 0 : 1),
    plan: (planned: string) => {
      const failed = !start(`plan ${planned}`);
      return { json: failed ? undefined : emptyPlan, failed };
    },
  };
  const terminal = fakeTerminal();
  try {
    const described = loadOne(name);
    const open = verb === "destroy" ? clientOf({ protected: false }) : described;
    await runStacks(verb, open, chosen(verb, described, stack), terminal, tools);
    return { started, results: terminal.results };
  } catch (error) {
    expect([CommandError, AwsError]).toContain((error as Error).constructor);
    return { started, message: (error as Error).message };
  }
}

describe("deploy, diff and destroy", () => {
  it("take a client's stacks in their order, and synthesise that client once", async () => {
    expect((await runsOf("deploy", "example")).started).toEqual([
      "cdktf deploy example of example",
      "cdktf deploy example-databases --skip-synth of example",
    ]);
  });

  it("destroy the databases before the server that they are on", async () => {
    expect((await runsOf("destroy", "example")).started.map((line) => line.split(" ")[2])).toEqual([
      "example-databases",
      "example",
    ]);
  });

  it("never approve in the operator's place", async () => {
    const runs = await Promise.all((["diff", "deploy", "destroy"] as const).map((verb) => runsOf(verb, "example")));
    const all = runs.flatMap(({ started }) => started);

    expect(all).toHaveLength(7);
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
    expect((await runsOf("deploy", "birch", "birch-ci")).started).toEqual(["cdktf deploy birch-ci of birch"]);
    const shared = "shared-210987654321-eu-central-1";
    expect((await runsOf("deploy", shared)).started).toEqual([`cdktf deploy ${shared} of ${shared}`]);
  });

  it("synthesise for a diff, plan each stack, and end with what its plan does", async () => {
    const { started, results } = await runsOf("diff", "example");

    expect(started).toEqual(["synth of example", "plan example", "plan example-databases"]);
    expect(results).toEqual(["\nPlan of example: no changes", "\nPlan of example-databases: no changes"]);
  });

  it("say what a plan does up to its error as well", async () => {
    const plan = { format_version: "1.2", errored: true, complete: false, resource_changes: [] };
    const terminal = fakeTerminal();
    const tools = { cdktf: () => 0, synth: () => 0, plan: () => ({ json: JSON.stringify(plan), failed: true }) };

    await expect(runStacks("diff", loadOne("example"), ["example"], terminal, tools)).rejects.toThrow(
      "`diff` of example",
    );
    expect(terminal.results.join()).toContain("planning broke off with an error");
  });

  it("say what the file has that was planned, and the plan has not", async () => {
    const plan = { format_version: "1.2", resource_changes: [] };
    const written = JSON.stringify({ removed: [{ from: "aws_eip.x", provisioner: [] }] });
    const terminal = fakeTerminal();
    const tools = {
      cdktf: () => 0,
      synth: () => 0,
      plan: () => ({ json: JSON.stringify(plan), written, failed: false }),
    };

    await runStacks("diff", loadOne("example"), ["example"], terminal, tools);

    expect(terminal.results.join()).toContain("removed.provisioner of aws_eip.x is in the file");
    expect(terminal.results.join()).toContain(
      "terraform.backend is missing: the state is not in example-terraform-state",
    );
  });

  it("refuse to destroy what is protected, before Terraform does in a hundred lines, and before the databases are gone", async () => {
    const started: string[] = [];
    const tools = { cdktf: () => started.push("cdktf"), synth: () => 0, plan: () => ({ failed: true }) };
    const destroy = (changes: Overrides, stacks: readonly string[]) =>
      runStacks("destroy", clientOf(changes), stacks, fakeTerminal(), tools);

    await expect(destroy({}, ["example-databases", "example"])).rejects.toThrow(
      "`protected` is true, and a plan that destroys what is protected stops. Set what is protected to false in clients/example.ts, deploy, then repeat",
    );
    await expect(destroy({}, ["example-databases"])).rejects.toThrow("`protected` is true");
    await expect(
      destroy(
        {
          protected: false,
          hosts: { keyPair: { existing: "a" }, protectedAddress: true },
          buckets: { emr: { protected: true } },
        },
        ["example-databases", "example"],
      ),
    ).rejects.toThrow("`hosts.protectedAddress`, `buckets.emr.protected` are true");
    expect(started).toEqual([]);
  });

  it("stop at the first stack that fails, and say what was left", async () => {
    const { started, message } = await runsOf("deploy", "example", undefined, "cdktf deploy example");

    expect(started).toHaveLength(1);
    expect(message).toBe(
      "example: `deploy` of example failed; example-databases was left as it is. Correct the error above, then repeat the command, or go on with one stack: `npm run deploy -- example --stack example`.",
    );
    // The stack that was named is no advice.
    expect((await runsOf("diff", "example", "example", "plan")).message).toBe(
      "example: `diff` of example failed. Correct the error above, then repeat the command.",
    );
    expect((await runsOf("diff", "example", undefined, "synth")).started).toEqual(["synth of example"]);
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
