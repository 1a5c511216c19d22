import type { ConfigFile } from "./config-file";
import type { Format } from "./formats/format";
import type { Sources } from "./sources";
import { type Service, services } from "./vars-analytics/by-host";

/**
 * Ansible's inventory: the hosts by service, in the form that Ansible 2.2 of Ficus reads too. What differs from host to host
 * is decided by these groups, in vars-analytics.yml.
 */
export function inventory(sources: Sources): ConfigFile {
  return {
    path: "inventory",
    format: inventoryFormat,
    groups: [
      {
        title: "",
        values: {
          ...Object.fromEntries(services.map((service) => [service, hostOf(sources, service)])),
          "analytics:children": services.join("\n"),
          "analytics:vars": ["ansible_user=ubuntu", ...jump(sources)].join("\n"),
        },
      },
    ],
  };
}

/** By its `Name` tag and private address; one and the same for each service unless each has a host. */
function hostOf(sources: Sources, service: Service): string {
  const { hosts, hostIteration, client } = sources;
  const name = `${client.hosts.name}-${hostIteration}`;
  const [tag, address] = {
    insights: ["insights", hosts.insights],
    analytics_api: ["api", hosts.api],
    jenkins: ["jenkins", hosts.jenkins],
  }[service] as [string, string];
  return `${sources.separate ? `${name}-${tag}` : name} ansible_host=${address}`;
}

/** From elsewhere SSH goes by way of the director, if the stack manages it; extra variables win over this one. */
function jump({ outputs }: Sources): string[] {
  const { director_public_ip: address } = outputs;
  return address === undefined
    ? []
    : [
        "# On the director itself, add -e ansible_ssh_common_args= to the command.",
        `ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q ubuntu@${address}"'`,
      ];
}

/** Sections by their names, each a text of lines. */
const inventoryFormat: Format = {
  write(values, header) {
    const sections = Object.entries(values).map(([name, lines]) => `\n[${name}]\n${String(lines)}\n`);
    return `${header.map((line) => `# ${line}\n`).join("")}${sections.join("")}`;
  },

  read(text) {
    const [, ...parts] = text.split(/^\[(.+)\]$/m);
    return Object.fromEntries(
      parts.flatMap((name, index) => (index % 2 === 0 ? [[name, (parts[index + 1] ?? "").trim()]] : [])),
    );
  },
};
