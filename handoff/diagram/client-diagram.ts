import type { StackResources } from "../../resources/stack-resources";
import { type Diagram, mergedParties, mergedWays } from "./diagram";
import { networkWays } from "./network-ways";
import { partiesOf } from "./parties";
import { permissionWays } from "./permission-ways";

/** Who reaches and reads what in a client's AWS stack, by its rules and policies; what nothing leads to or from is left out. */
export function clientDiagram(name: string, resources: StackResources): Diagram {
  const network = networkWays(resources);
  const permissions = permissionWays(resources);
  const ways = mergedWays([...network.ways, ...permissions.ways]);
  const parties = new Map(
    [...network.outside, ...partiesOf(resources), ...permissions.named]
      .map((party) => [party.id, party] as const)
      .reverse(),
  );
  const isUsed = (id: string) => ways.some(({ from, to }) => from === id || to === id);
  return mergedParties({
    title: `Who reaches and reads what: ${name}`,
    legend:
      "solid: network, by security groups · dashed: permissions, by policies · blue: managed by the stack · brown: existing",
    parties: [...parties.values()].filter(({ id }) => isUsed(id)).sort((one, other) => one.id.localeCompare(other.id)),
    ways,
  });
}
