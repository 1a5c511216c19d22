import { loadFleet } from "../../clients/config/load";
import { AnalyticsStack } from "../../modules/analytics-stack";
import { addCiStacks } from "../../modules/ci-stack";
import { SharedStack } from "../../modules/shared-stack";
import { app, template } from "../../test/synth";
import { holdsData, holdsNothing } from "./losses";

describe("what a summary knows of losses", () => {
  it("covers every type that the stacks make, so that an unknown one is not loud for nothing", () => {
    const { clients, shared } = loadFleet();
    const stacks = [
      ...clients.map((client) => new AnalyticsStack(app(), client)),
      ...shared.map((stack) => new SharedStack(app(), stack)),
      ...addCiStacks(app(), { clients, shared }),
    ];
    const types = new Set(stacks.flatMap((stack) => Object.keys(template(stack).resource)));

    expect([...types].filter((type) => !(type in holdsData) && !holdsNothing.includes(type))).toEqual([]);
  });

  it("says of a type either that it holds data or that it does not", () => {
    expect(holdsNothing.filter((type) => type in holdsData)).toEqual([]);
  });
});
