import { synthesize } from "../test/synth";
import { Ephemeral } from "./ephemeral";

const password = { type: "aws_ssm_parameter", arguments: { arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/a" } };

describe("an ephemeral resource", () => {
  it("is written with its arguments, and referred to by its readable address", () => {
    let reference = "";
    const { ephemeral } = synthesize((stack) => {
      reference = new Ephemeral(stack, "password-of-analytics", password).attribute("value");
    });

    expect(ephemeral).toEqual({ aws_ssm_parameter: { password_of_analytics: password.arguments } });
    expect(reference).toBe("ephemeral.aws_ssm_parameter.password_of_analytics.value");
  });

  it("does not take another's address silently", () => {
    expect(() =>
      synthesize((stack) => {
        new Ephemeral(stack, "password-a", password);
        new Ephemeral(stack, "password_a", password);
      }),
    ).toThrow("ephemeral.aws_ssm_parameter.password_a is the address of test/password-a and test/password_a");
  });
});
