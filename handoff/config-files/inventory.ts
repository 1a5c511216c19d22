import type { Sources } from "./sources";
import { type TextFile, textFileHeader } from "./text-file";
import { type Service, services } from "./vars-analytics/by-host";

/**
 * Ansible's inventory: the hosts by service, in the form that Ansible 2.2 of Ficus reads too. What differs from host to host
 * is decided by these groups, in vars-analytics.yml.
 */
export function inventory(sources: Sources): TextFile {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ...services.map((service) => [service, [hostOf(sources, service)]] as const),
    ["analytics:children", services],
    ["analytics:vars", ["ansible_user=ubuntu", ...jump(sources)]],
  ];
  return {
    path: "inventory",
    text: [
      ...textFileHeader(sources.client.name, "hosts").map((line) => `# ${line}`),
      ...sections.flatMap(([name, lines]) => ["", `[${name}]`, ...lines]),
      "",
    ].join("\n"),
    missing: [],
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
