import { attributesOf } from "../attributes";
import { type Alarm, exposure } from "../types/alarm";
import { Configuration } from "./configuration";
import type { Plan, ResourceChange } from "./schema";

/** Hosts that do not serve Insights, by the ids of their constructs. */
const others = /^aws_instance\.(director|\w+_(api|jenkins))$/;

/** Alarms of a load balancer that comes to hand what users send to Jenkins, the API or the director, in the place of Insights. */
export function balancedHostAlarms({ address, type, change }: ResourceChange, plan: Plan): Alarm[] {
  if (type !== "aws_lb_target_group_attachment") {
    return [];
  }
  const [had, gets] = [attributesOf(change.before).target_id, attributesOf(change.after).target_id];
  const named = Configuration.of(plan).referencesAt(address, ["target_id"]);
  const hosts = plan.resource_changes
    .filter((host) => others.test(host.address))
    .filter((host) => {
      const { id } = attributesOf(host.change.before);
      const isNamed = gets === undefined && named.some((one) => one.startsWith(`${host.address}.`));
      return isNamed || (typeof gets === "string" && gets !== had && gets === id);
    });
  return hosts.map((host) => exposure`hands users' requests to ${host.address}, and not to Insights`);
}
