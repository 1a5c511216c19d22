import example from "../clients/example";
import sharedInput from "../clients/shared-210987654321-eu-central-1";
import { checkFiles } from "../config/load/load";
import type { ClientInput } from "../config/schema/client";
import { app, synthesizeClient, synthesizeShared, type Template, template } from "../test/synth";
import { makeStacks } from "./stacks";

const fs = jest.requireActual<typeof import("node:fs")>("node:fs");

describe("a state of one account and region", () => {
  const { terraform_data: data } = synthesizeClient().resource;

  it("remembers what it was created for, and stops a plan for another", () => {
    const { ignore_changes: ignored, postcondition } = data?.state?.lifecycle ?? {};

    expect(data?.state?.input).toBe("eu-west-1 of account 123456789012");
    expect(ignored).toEqual(["input"]);
    expect(postcondition).toEqual([
      {
        condition: '${self.output == "eu-west-1 of account 123456789012"}',
        error_message: expect.stringContaining("and clients/example.ts says eu-west-1 of account 123456789012."),
      },
    ]);
  });

  it("so does a shared stack's", () => {
    expect(synthesizeShared(sharedInput).resource.terraform_data?.state?.input).toBe(
      "eu-central-1 of account 210987654321",
    );
  });
});

describe("a state that is new, of a client that is deployed", () => {
  const guard = (overrides: Partial<ClientInput> = {}) => {
    const fleet = checkFiles([{ name: "example", input: { ...example, ...overrides } }], {
      complete: false,
      others: [],
    });
    const { data } = template(makeStacks(app(), fleet)[0] as never) as Template;
    return { eips: data.aws_eips?.state, objects: data.aws_s3_objects?.state };
  };

  it("stops a plan: there is an Elastic IP of the client's, and no object of the state's", () => {
    const { eips, objects } = guard();

    expect(objects).toMatchObject({ bucket: "example-terraform-state", prefix: "example/example.tfstate" });
    expect(eips?.tags).toEqual({ Project: "edx-analytics", Client: "example" });
    // The lock begins with the same key.
    expect(eips?.lifecycle.postcondition[0].condition).toBe(
      '${length(self.allocation_ids) == 0 || contains(data.aws_s3_objects.state.keys, "example/example.tfstate")}',
    );
    expect(eips?.lifecycle.postcondition[0].error_message).toMatch(
      /^There is no state s3:\/\/example-terraform-state\/example\/example\.tfstate, but the client is deployed/,
    );
  });

  it("is not asked for in another region or account, where the provider does not reach it", () => {
    const none = { eips: undefined, objects: undefined };

    expect(guard({ state: { bucket: "example-terraform-state", region: "us-east-1" } })).toEqual(none);
    const elsewhere = {
      state: { bucket: "example-terraform-state", accountId: "999999999999" },
      deployRoleArn: "arn:aws:iam::123456789012:role/deploy",
    };
    expect(guard(elsewhere)).toEqual(none);
  });

  it("is as it should be while the client is imported", () => {
    const isImports = (path: unknown) => String(path).endsWith("clients/imports/example.json");
    const { existsSync } = fs;
    const exists = jest.spyOn(fs, "existsSync").mockImplementation((path) => isImports(path) || existsSync(path));
    const contents = jest.spyOn(fs, "readFileSync").mockReturnValue('{"aws_eip.analytics": "eipalloc-1"}');
    try {
      expect(guard()).toEqual({ eips: undefined, objects: undefined });
    } finally {
      exists.mockRestore();
      contents.mockRestore();
    }
  });
});
