import { clientDiagram } from "../handoff/diagram/client-diagram";
import { mermaid } from "../handoff/diagram/mermaid";
import { svg } from "../handoff/diagram/svg";
import { loadClient } from "./load-client";
import { resourcesOf } from "./stack-resources";

/** A drawing of who reaches and reads what in a client. */
export async function drawing(name: string, format: "svg" | "mermaid"): Promise<string> {
  const diagram = clientDiagram(name, resourcesOf(loadClient(name, "drawing")));
  return (format === "mermaid" ? mermaid(diagram) : await svg(diagram)).trimEnd();
}
