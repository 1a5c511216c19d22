/** The client files' stacks, synthesised with the given package in the place of cdktf. */
function stacks(terraformPackage: "cdktf" | "cdktn"): { version: string; synthesised: unknown } {
  let result = { version: "", synthesised: undefined as unknown };
  jest.isolateModules(() => {
    jest.doMock("cdktf", () => jest.requireActual(terraformPackage));
    const { loadFleet } = require("../config/load/load");
    const { AnalyticsStack } = require("../stacks/analytics-stack");
    const { addCiStacks } = require("../stacks/ci-stack");
    const { DatabasesStack } = require("../stacks/databases-stack");
    const { SharedStack } = require("../stacks/shared-stack");
    const { app, template, withoutMetadata } = require("./synth");
    const { clients, shared } = loadFleet();
    const templates = [
      ...clients.flatMap((client: unknown) => [new AnalyticsStack(app(), client), new DatabasesStack(app(), client)]),
      ...addCiStacks(app(), { clients, shared }),
      ...shared.map((stack: unknown) => new SharedStack(app(), stack)),
    ].map((stack) => template(stack));
    result = { version: templates[0]["//"].metadata.version, synthesised: templates.map(withoutMetadata) };
  });
  return result;
}

describe("cdktn, the maintained fork of cdktf", () => {
  it("synthesises the same JSON of every client and shared stack", () => {
    const ours = stacks("cdktf");
    const theirs = stacks("cdktn");

    expect([ours.version, theirs.version]).toEqual(["0.21.0", "0.24.0"]);
    expect(theirs.synthesised).toEqual(ours.synthesised);
  });
});
