/** The client files' stacks, synthesised with what is loaded. */
function stacks(): { version: string; synthesised: unknown } {
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
  return { version: templates[0]["//"].metadata.version, synthesised: templates.map(withoutMetadata) };
}

/** Runs with everything loaded anew, and cdktn in the place of cdktf. */
function withCdktn<T>(run: () => T): T {
  const before = { ...require.cache };
  const unload = () => {
    for (const path of Object.keys(require.cache)) delete require.cache[path];
  };
  unload();
  try {
    require("cdktn");
    require.cache[require.resolve("cdktf")] = require.cache[require.resolve("cdktn")];
    return run();
  } finally {
    unload();
    Object.assign(require.cache, before);
  }
}

/** With cdktf's bindings; those of cdktn, which are half a gigabyte, are in the end-to-end part `package`. */
describe("cdktn, the maintained fork of cdktf", () => {
  it("synthesises the same JSON of every client and shared stack", () => {
    const cdktf = stacks();
    const cdktn = withCdktn(stacks);

    expect([cdktf.version, cdktn.version]).toEqual(["0.21.0", "0.24.0"]);
    expect(cdktn.synthesised).toEqual(cdktf.synthesised);
  });
});
