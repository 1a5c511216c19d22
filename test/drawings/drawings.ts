import { resourcesOf } from "../../cli/stack-resources";
import { loadOne } from "../../config/load/load";
import { clientDiagram } from "../../handoff/diagram/client-diagram";
import type { Diagram } from "../../handoff/diagram/diagram";
import { folders } from "./folders";
import { security } from "./security";

/** The drawings of the pages in docs/, by the name of the file without its ending. */
export const drawings: Readonly<Record<string, () => Diagram>> = {
  architecture: () => clientDiagram("example", resourcesOf(loadOne("example"))),
  "architecture-folders": () => folders,
  security: () => security,
};
