import type { Diagram, Party, Way } from "./diagram";

const colours = {
  managed: { fillcolor: "#e8f1fb", color: "#2b6cb0" },
  existing: { fillcolor: "#f3efe6", color: "#8a6d3b" },
  outside: { fillcolor: "#ffffff", color: "#555555" },
};
const lines = {
  network: { color: "#333333", fontcolor: "#333333", style: "solid" },
  permission: { color: "#2f7d32", fontcolor: "#2f7d32", style: "dashed" },
  refused: { color: "#b3261e", fontcolor: "#b3261e", style: "dotted", penwidth: 1.6, arrowhead: "tee" },
};
const font = { fontname: "Helvetica,Arial,sans-serif" };

/** The drawing on white, laid out by Graphviz: solid lines are the network, dashed ones permissions. */
export async function svg({ title, parties, ways, legend }: Diagram): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const places = [...new Set(parties.flatMap(({ place }) => place ?? []))];
  const drawn = viz.renderString(
    {
      directed: true,
      graphAttributes: {
        ...font,
        rankdir: "LR",
        bgcolor: "white",
        pad: 0.15,
        nodesep: 0.22,
        ranksep: 0.3,
        label: legend,
        fontsize: 10,
      },
      nodeAttributes: { ...font, shape: "box", style: "rounded,filled", fontsize: 12, margin: "0.34,0.07" },
      edgeAttributes: { ...font, fontsize: 10, arrowsize: 0.7 },
      nodes: parties.filter(({ place }) => place === undefined).map(node),
      edges: ways.map(edge),
      subgraphs: places.map((place) => ({
        name: `cluster_${place}`,
        graphAttributes: {
          // A wider font than Helvetica stays in the frame.
          label: `${place}\u00a0\u00a0\u00a0\u00a0`,
          labeljust: "r",
          style: "rounded,dashed",
          color: "#777777",
          margin: 14,
          fontcolor: "#555555",
        },
        nodes: parties.filter((party) => party.place === place).map(node),
      })),
    },
    { format: "svg" },
  );
  // Neither Graphviz' version, nor its names of nodes, which a browser would show over each.
  const bare = centred(drawn).replace(/<!--[\s\S]*?-->\n?|<title>.*?<\/title>\n?/g, "");
  return bare.replace(/(<svg[^>]*>\n)/, `$1<title>${escaped(title)}</title>\n`);
}

/** Texts of nodes centred in them, whichever font the reader has: Graphviz places them by Helvetica's widths. */
function centred(drawn: string): string {
  return drawn.replace(/<g [^>]*class="node">[\s\S]*?<\/g>/g, (group) => {
    const path = / d="([^"]*)"/.exec(group)?.[1] ?? "";
    const xs = [...path.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
    const middle = ((Math.min(...xs) + Math.max(...xs)) / 2).toFixed(2);
    return group.replace(/text-anchor="start" x="[^"]*"/g, `text-anchor="middle" x="${middle}"`);
  });
}

function node({ id, title, details, owner }: Party) {
  const small = details.map((detail) => `<br/><font point-size="10">${escaped(detail)}</font>`);
  return { name: id, attributes: { ...colours[owner], label: { html: `<b>${escaped(title)}</b>${small.join("")}` } } };
}

function edge({ from, to, kind, what }: Way) {
  return { tail: from, head: to, attributes: { ...lines[kind], label: what.map((each) => ` ${each} `).join("\n") } };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
