import type { AlarmsFields } from "./schema/alarms";

/** Mails about what needs somebody, and the names of what sends them. */
export type Alarms = AlarmsFields & { readonly name: string; readonly clusterWatch: string };

/** What the names of a client's alarms, their topic, budget and rule begin with. */
export function alarmsName(client: string): string {
  return `${client}-analytics`;
}

/** Name of the role, rule and state machine that watch a client's clusters. */
export function clusterWatchName(client: string): string {
  return `${alarmsName(client)}-clusters`;
}
