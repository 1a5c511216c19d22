import { join } from "node:path";
import { loadFleet } from "./config/load/load";
import { AnalyticsStack } from "./stacks/analytics-stack";
import { makeStacks } from "./stacks/stacks";
import { outputJson } from "./test/outputs";
import { ReviewedStacks } from "./test/reviewed-stacks";
import { app, template, withoutMetadata } from "./test/synth";

const fleet = loadFleet();
const stacks = makeStacks(app(), fleet);
const reviewed = new ReviewedStacks(join(__dirname, "__snapshots__"));

describe("every client of the project", () => {
  it.each(stacks)("$node.id is synthesised as reviewed", (stack) => {
    reviewed.expect(stack.node.id, withoutMetadata(template(stack)));
  });

  it("has a snapshot for each of its stacks, and there is no other; `npx jest main.test.ts -u` removes those", () => {
    expect(reviewed.obsolete(stacks.map((stack) => stack.node.id))).toEqual([]);
  });

  it.each(fleet.clients)("the outputs that tests make up for $name are the stack's", (client) => {
    const { output } = template(new AnalyticsStack(app(), client));

    expect(Object.keys(JSON.parse(outputJson(client))).sort()).toEqual(Object.keys(output).sort());
  });

  it("is synthesised to the same bytes on every run", () => {
    const [client] = fleet.clients as [(typeof fleet.clients)[0]];
    const bytes = () => JSON.stringify(template(new AnalyticsStack(app(), client)));

    expect(bytes()).toBe(bytes());
  });
});
