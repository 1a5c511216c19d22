import type { Diagram } from "./diagram";

const classes = {
  managed: "fill:#e8f1fb,stroke:#2b6cb0,color:#1a202c",
  existing: "fill:#f3efe6,stroke:#8a6d3b,color:#1a202c",
  outside: "fill:#ffffff,stroke:#555555,color:#1a202c",
};

/** A flowchart that GitHub and GitLab render in a page: solid lines are the network, dotted ones permissions. */
export function mermaid({ title, parties, ways }: Diagram): string {
  const ids = new Map(parties.map(({ id }, index) => [id, `p${index + 1}`]));
  const node = ({ id, title: name, details, owner }: Diagram["parties"][number]) =>
    `${ids.get(id)}["${[name, ...details].map(escaped).join("<br>")}"]:::${owner}`;
  const places = [...new Set(parties.flatMap(({ place }) => place ?? []))];
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "---",
    "flowchart LR",
    ...parties.filter(({ place }) => place === undefined).map((party) => `  ${node(party)}`),
    ...places.flatMap((place) => [
      `  subgraph ${place}`,
      ...parties.filter((party) => party.place === place).map((party) => `    ${node(party)}`),
      "  end",
    ]),
    ...ways.map(
      ({ from, to, kind, what }) =>
        `  ${ids.get(from)} ${kind === "network" ? "-->" : "-.->"}|"${escaped(what.join(", "))}"| ${ids.get(to)}`,
    ),
    ...Object.entries(classes).map(([name, style]) => `  classDef ${name} ${style}`),
    "",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
