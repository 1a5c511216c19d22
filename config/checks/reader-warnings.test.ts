import example from "../../clients/example";
import { clientOf, inShared, type Overrides } from "../../test/client-files";
import { readerWarnings } from "./reader-warnings";

function warnings(changes: Overrides = {}): string[] {
  return readerWarnings(clientOf(changes));
}

const own = {
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
};

describe("what the release's readers make of a client", () => {
  it("is nothing to warn of by default", () => {
    expect(warnings()).toEqual([]);
  });

  it("is a release without branches, until the client names its own", () => {
    expect(warnings({ release: "teak", configurationFiles: own })).toEqual([
      'release is "teak", of which Analytics\' repositories have no branch. Name branches of yours: configurationFiles.openedxRelease.',
    ]);
    expect(warnings({ release: "teak", configurationFiles: { ...own, openedxRelease: "teak" } })).toEqual([]);
    expect(warnings({ release: "quince" })).toEqual([]);
  });

  it("is a tag that no release gives a cluster, which EMR's second policy requires and Ansible 1.4.4 ends at", () => {
    const emr = { servicePolicy: "v2" } as const;
    const [maple = "", ironwood = ""] = [
      ...warnings({ emr }),
      ...warnings({ emr, release: "ironwood" }).filter((line) => line.startsWith("emr.")),
    ];

    expect(maple).toMatch(
      /^emr\.servicePolicy is "v2", by which EMR starts no cluster without a tag; .* passes no `tags`/,
    );
    expect(maple).not.toContain("left out");
    expect(ironwood).toContain("the Ansible of ironwood's ends at them: they are left out of emr-vars.yml");
  });

  it("is a shared account, for the sake of costs; on ficus its clusters do not reach the databases", () => {
    expect(warnings(inShared)).toEqual([expect.stringMatching(/^clusters in a shared account are told apart/)]);
    expect(warnings({ ...inShared, release: "ficus" })).toContainEqual(
      expect.stringMatching(/^ficus' edx-analytics-configuration passes no `additional_slave_security_groups` on/),
    );
  });

  it("is a pipeline that buckets of today refuse", () => {
    expect(warnings({ release: "ginkgo" })).toEqual([
      expect.stringMatching(/^the boto 2\.22 of ginkgo's pipeline signs requests to S3 with V2 alone/),
    ]);
    expect(warnings({ release: "hawthorn" })).toEqual([]);
  });

  it("is a port of the edxapp server that Sqoop does not call", () => {
    const database = {
      address: "mysql.example.org",
      user: "edxapp",
      access: "print",
      securityGroupIds: ["sg-0a1b2c3d"],
    };
    const at = (port: number) =>
      warnings({ edxapp: { ...example.edxapp, database: { ...database, port } } as typeof example.edxapp });

    expect(at(3306)).toEqual([]);
    expect(at(3307)).toEqual([
      "edxapp.database.port is 3307; the pipeline's import from there, by Sqoop, has no port in its URL and calls 3306. Move the server to 3306, or name a fork that has it in configurationFiles.pipelineRepository.",
    ]);
  });

  it("is a Jenkins that the role cannot set up", () => {
    const at = (version: string) => warnings({ configurationFiles: { jenkins: { version } } });

    expect(at("2.176.4")).toEqual([]);
    expect(at("2.289.3")).toEqual([expect.stringMatching(/^configurationFiles\.jenkins\.version is "2\.289\.3"/)]);
  });

  it("is an address that nothing answers, as no `tls` is there", () => {
    const insightsUrl = "https://insights.example.org";
    const warned = (others: Overrides) => clientOf({ configurationFiles: { insightsUrl }, ...others }).warnings.join();

    expect(warned({})).toContain("nothing answers https there: there is no `tls`");
    expect(warned({ tls: { on: "load-balancer", existing: true } })).not.toContain("nothing answers");
    expect(warned({ configurationFiles: { insightsUrl: "http://insights.example.org" } })).not.toContain(
      "nothing answers",
    );
  });

  it("is a key of the hosts that Jenkins cannot log in to EMR clusters with; the director's is for people", () => {
    const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJz4sPZkBn6xeLWhaJFTPBBNGTCq27V3sZ9TR4CG8lNF";

    expect(warnings({ hosts: { keyPair: { publicKey } } })).toEqual([
      expect.stringMatching(
        /^hosts\.keyPair\.publicKey is an ed25519 key\. .* `ssh-keygen -t rsa -b 4096 -m PEM -N ''`/,
      ),
    ]);
    expect(warnings({ hosts: { keyPair: { existing: "by-hand" } } })).toEqual([]);
    expect(warnings({ director: { keyPair: { publicKey }, sshFrom: ["203.0.113.0/24"] } })).toEqual([]);
  });
});
