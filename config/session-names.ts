import { isExisting } from "./existing";
import type { ClientFields } from "./schema/client";

/** What lets Session Manager reach a client's hosts, or did. */
export interface SessionManager {
  /** Whether it reaches them. */
  readonly reaches: boolean;
  /**
   * Name of the role of the hosts that have no other.
   * @default - every host has another role
   */
  readonly roleName?: string;
}

/** Name of the role of a client's hosts that have no other. */
export function sessionManagerRoleName(client: string): string {
  return `${client}-session-manager`;
}

/** Whether a host has no other role: Insights' and the API's own, or a new director that reads no passwords. */
export function needsSessionManagerRole({
  sessionManager,
  director,
  hosts,
}: Pick<ClientFields, "sessionManager" | "director" | "hosts">): boolean {
  const ofDirector = !isExisting(director) && director.passwordReader === undefined;
  const ofServices = Object.values(hosts.iterations).some(({ layout }) => layout === "separate");
  return sessionManager !== undefined && (ofDirector || ofServices);
}
