import { loadFleet } from "./config/load/load";
import { AnalyticsStack } from "./stacks/analytics-stack";
import { addCiStacks } from "./stacks/ci-stack";
import { DatabasesStack } from "./stacks/databases-stack";
import { SharedStack } from "./stacks/shared-stack";
import { outputJson } from "./test/outputs";
import { app, template, withoutMetadata } from "./test/synth";

const { clients, shared } = loadFleet();

describe("every client of the project", () => {
  it.each(clients)("$name is synthesised as reviewed", (client) => {
    expect(withoutMetadata(template(new AnalyticsStack(app(), client)))).toMatchSnapshot();
  });

  it.each(clients)("the outputs that tests make up for $name are the stack's", (client) => {
    const { output } = template(new AnalyticsStack(app(), client));

    expect(Object.keys(JSON.parse(outputJson(client))).sort()).toEqual(Object.keys(output).sort());
  });

  it.each(clients)("the databases of $name are synthesised as reviewed", (client) => {
    expect(withoutMetadata(template(new DatabasesStack(app(), client)))).toMatchSnapshot();
  });

  it.each(shared)("the shared stack of $accountId in $region is synthesised as reviewed", (stack) => {
    expect(withoutMetadata(template(new SharedStack(app(), stack)))).toMatchSnapshot();
  });

  it.each(addCiStacks(app(), { clients, shared }))("$node.id is synthesised as reviewed", (stack) => {
    expect(withoutMetadata(template(stack))).toMatchSnapshot();
  });

  it("is synthesised to the same bytes on every run", () => {
    const [client] = clients as [(typeof clients)[0]];
    const bytes = () => JSON.stringify(template(new AnalyticsStack(app(), client)));

    expect(bytes()).toBe(bytes());
  });
});
