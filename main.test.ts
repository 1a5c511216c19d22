import { loadFleet } from "./config/load/load";
import { testStacks } from "./package/testing";
import { AnalyticsStack } from "./stacks/analytics-stack";
import { outputJson } from "./test/outputs";
import { analyticsOf, app, template } from "./test/synth";

testStacks();

describe("every client of the project", () => {
  const { clients } = loadFleet();

  it.each(clients)("the outputs that tests make up for $name are the stack's", (client) => {
    const { output } = analyticsOf(client);

    expect(Object.keys(JSON.parse(outputJson(client))).sort()).toEqual(Object.keys(output).sort());
  });

  it("is synthesised to the same bytes on every run", () => {
    const [client] = clients as [(typeof clients)[0]];
    const bytes = () => JSON.stringify(template(new AnalyticsStack(app(), client)));

    expect(bytes()).toBe(bytes());
  });
});
