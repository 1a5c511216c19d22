import type { ClientStack } from "../stacks/client-stack";
import { synthesize } from "../test/synth";
import { type KeyPairOptions, keyPairName } from "./key-pair";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1mWtpnBBzwaYDEGR1BR6PYrfDHsL1yt5mPAUJFCZhP someone@example";

describe("key pair", () => {
  it("is made of a public key, under the name that it is given", () => {
    const { resource, output } = synthesize((stack) => nameOutput(stack, { keyPairName: "acme-analytics", publicKey }));

    expect(resource.aws_key_pair?.analytics).toMatchObject({ key_name: "acme-analytics", public_key: publicKey });
    expect(output.name?.value).toBe("${aws_key_pair.analytics.key_name}");
  });

  it("that exists is looked up by its own name, so that a wrong one stops the plan", () => {
    const { resource, data, output } = synthesize((stack) => nameOutput(stack, { keyPairName: "by-hand" }));

    expect(resource).toBeUndefined();
    expect(data.aws_key_pair?.analytics).toMatchObject({ key_name: "by-hand" });
    expect(output.name?.value).toBe("${data.aws_key_pair.analytics.key_name}");
  });
});

function nameOutput(stack: ClientStack, options: KeyPairOptions): void {
  stack.output("name", { description: "Name", value: keyPairName(stack, "analytics", options) });
}
