import type { Diagram, Party } from "../../handoff/diagram/diagram";

const frame = "reads config/";
const parties: readonly Party[] = [
  { id: "main", title: "main.ts", details: ["synth"], owner: "managed", place: frame },
  { id: "cli", title: "cli/", details: ["a thin file for each command"], owner: "managed", place: frame },
  {
    id: "handoff",
    title: "handoff/",
    details: ["what leaves the project:", "six files, SQL, HCL, drawings"],
    owner: "managed",
    place: frame,
  },
  { id: "resources", title: "resources/", details: ["types, plans, AWS"], owner: "managed", place: frame },
  { id: "stacks", title: "stacks/", details: ["from a client", "to constructs"], owner: "managed", place: frame },
  { id: "modules", title: "modules/", details: ["constructs for any stack"], owner: "existing" },
  { id: "providers", title: "providers/", details: ["MySQL’s bindings"], owner: "existing" },
  {
    id: "config",
    title: "config/",
    details: ["schema/ what a file may say", "checks/ across fields and files", "load/ returns a client, complete"],
    owner: "managed",
  },
  { id: "clients", title: "clients/", details: ["data alone"], owner: "outside" },
];

/** From which folder to which, without those that every folder of the frame has to config/. */
const ways = [
  ["main", "stacks"],
  ["cli", "handoff"],
  ["cli", "resources"],
  ["cli", "stacks"],
  ["handoff", "resources"],
  ["handoff", "stacks"],
  ["resources", "stacks"],
  ["stacks", "modules"],
  ["stacks", "config"],
  ["modules", "providers"],
  ["config", "clients"],
] as const;

export const folders: Diagram = {
  title: "The folders, and which imports which",
  legend: "arrows: imports; every folder in the frame reads config/",
  parties,
  ways: ways.map(([from, to]) => ({ from, to, kind: "network", what: [] })),
};
