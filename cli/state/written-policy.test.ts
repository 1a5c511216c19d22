import { GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Client } from "../../config/client";
import { fakeTerminal } from "../../test/fake-terminal";
import { asItShouldBe, bucket, freshBucket, s3, sts, tlsOnly, written } from "../../test/state-bucket";
import { clientOf } from "../../test/synth";
import { ensureState } from "../state";
import type { Terminal } from "../terminal";

const example = clientOf();

/** Arguments of `ensureState` where no other client has state in the bucket. */
function ensure(client: Client, check: boolean, terminal: Terminal = fakeTerminal()): Promise<void> {
  return ensureState(client, { check, owners: [client] }, terminal);
}

beforeEach(freshBucket);

describe("the policy that edx-analytics state writes", () => {
  it("refuses the roles of all who keep their state in the bucket", async () => {
    asItShouldBe();
    const other = clientOf({ name: "other", accountId: "444455556666", state: { bucket: bucket.Bucket } });
    const terminal = fakeTerminal();

    await ensureState(example, { check: false, owners: [example, other] }, terminal);

    expect(s3.commandCalls(PutBucketPolicyCommand)[0]?.args[0].input.Policy).toContain(
      "arn:aws:iam::444455556666:role/other-edxanalytics",
    );
    expect(terminal.results.join("\n")).toContain(
      "TLS only, no EC2 instance; now: TLS only, no EC2 instance, no client role (6), the policy's other statements kept",
    );
  });

  it("with --check tells a bucket that is open to what clients run", async () => {
    asItShouldBe();
    s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Statement: tlsOnly }) });
    const terminal = fakeTerminal();

    await expect(ensure(example, true, terminal)).rejects.toThrow("example: 1 setting would change.");

    expect(terminal.results.join("\n")).toMatch(
      /differs +policy +TLS only; would be: TLS only, no EC2 instance, no client role \(3\)/,
    );
    expect(written()).toEqual([]);
  });

  it.each([true, false])(
    "refuses to lock its own caller out, before it changes anything (--check: %s)",
    async (check) => {
      asItShouldBe();
      s3.on(GetBucketPolicyCommand).resolves({});
      const arn = "arn:aws:sts::123456789012:assumed-role/admin/i-0123456789abcdef0";
      sts.on(GetCallerIdentityCommand).resolves({ Account: "123456789012", Arn: arn });

      await expect(ensure(example, check)).rejects.toThrow(
        "example: bucket example-terraform-state would be closed to these credentials: they are an EC2 instance's, which its policy refuses. Take a person's or CI's, or name the role in `state.deployers`. Nothing was changed.",
      );
      expect(s3.calls()).toEqual([]);
    },
  );
});
