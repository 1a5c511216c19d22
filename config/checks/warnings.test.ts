import example from "../../clients/example";
import { clientOf } from "../../test/client-files";
import type { ClientInput } from "../schema/client";

const director = example.director as Extract<ClientInput["director"], { readonly sshFrom: unknown }>;

/** What synth warns of, beside the ends of life that every client of today stands on. */
function warnings(changes: Partial<ClientInput> = {}): string[] {
  return clientOf(changes).warnings.filter(
    (line) => !/^(Insights|Ubuntu 20\.04|MySQL 8\.0|EMR emr-4\.9\.6): /.test(line),
  );
}

describe("the end of Insights", () => {
  it("is said of every client, with what to read about the successor", () => {
    for (const release of ["ficus", "nutmeg", "quince"] as const) {
      expect(clientOf({ release }).warnings[0]).toMatch(
        /^Insights: Open edX deprecated it .*issues\/221.* Aspects: https:/,
      );
    }
  });
});

describe("what an operator is warned of", () => {
  it("is an end of standard support that is past or within a year", () => {
    expect(warnings()).toEqual([
      "Elasticsearch 7.10: standard support ends on 2027-11-07; AWS charges for extended support from then on (checked on 2026-11-24).",
    ]);
    expect(clientOf().warnings).toContainEqual(
      expect.stringMatching(/^MySQL 8\.0: standard support ended on 2026-07-31/),
    );
    expect(clientOf({ database: { iterations: { "1": { engineVersion: "8.0.42" } } } }).warnings).toEqual(
      clientOf().warnings,
    );
  });

  it("is SSH to the director from more than any organisation has of its own", () => {
    const open = (...sshFrom: string[]) =>
      warnings({ director: { ...director, sshFrom } }).filter((line) => /may try to log in/.test(line));

    expect(open("0.0.0.0/0")).toEqual([
      'director.sshFrom has "0.0.0.0/0": anybody may try to log in to the director, from which all hosts and databases are reached. Name the ranges of those who do.',
    ]);
    // As two halves, too.
    expect(open("0.0.0.0/1", "128.0.0.0/1", "203.0.113.0/24")).toHaveLength(2);
    expect(open("8.0.0.0/8")).toEqual([expect.stringContaining('has "8.0.0.0/8": 16 million addresses may try')]);
    expect(open("10.0.0.0/8", "203.0.113.0/24", "9.0.0.0/9")).toEqual([]);
    expect(warnings({ director: { existing: "sg-0a1b2c3d4e5f60718" } }).filter((line) => /sshFrom/.test(line))).toEqual(
      [],
    );
  });

  it("is an extended support that ends, after which AWS promises nothing", () => {
    expect(clientOf({ release: "juniper" }).warnings).toContainEqual(
      "Elasticsearch 1.5: standard support ended on 2025-11-07; AWS charges for extended support, which its table ends on 2026-11-07 (checked on 2026-11-24).",
    );
  });

  it("is what RDS charges beside the instance, by the month, where it does", () => {
    const costs = (changes: Partial<ClientInput> = {}) =>
      clientOf(changes).warnings.filter((line) => line.includes("RDS Extended Support of"));

    expect(costs()).toEqual([
      "MySQL 8.0: RDS Extended Support of `database.iterations.1` costs about USD 146 a month beside the instance: 2 vCPUs at 0.10 an hour in us-east-1, which is 0.10 in the first two years and 0.20 in the third (https://aws.amazon.com/rds/mysql/pricing/, looked up on 2026-11-27).",
    ]);
    expect(costs({ database: { iterations: { "1": { engineVersion: "8.4" } } } })).toEqual([]);
  });

  it("is what AWS charges for a domain that is out of standard support, by the month", () => {
    const costs = (changes: Partial<ClientInput>) =>
      clientOf(changes).warnings.filter((line) => line.includes("normalized instance hour"));

    expect(costs({ release: "juniper" })).toEqual([
      "Elasticsearch 1.5: extended support of `elasticsearch.instanceType` (t2.small.elasticsearch) costs about USD 5 a month beside the instance: 0.0065 a normalized instance hour in us-east-1 (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html, looked up on 2026-11-28).",
    ]);
    expect(costs({ release: "nutmeg" })).toEqual([]);
  });

  it("is none that is years away", () => {
    expect(warnings({ release: "olive", database: { iterations: { "1": { engineVersion: "8.4" } } } })).toEqual([
      expect.stringMatching(/^database\.iterations\.1\.engineVersion/),
    ]);
  });

  it("is a domain that hosts of an earlier release use alone", () => {
    expect(warnings({ release: "olive", elasticsearch: { version: "7.10" } })).toContain(
      "elasticsearch keeps the domain for hosts of an earlier release; olive does not use it. Once they are retired, set `protected: false` in it, deploy, and remove the field.",
    );
  });

  it("is a version of which the table knows no end", () => {
    const changes: Partial<ClientInput> = { emr: { releaseLabel: "emr-5.36.0" }, elasticsearch: { version: "7.7" } };

    expect(warnings(changes)).toEqual([
      "Elasticsearch 7.7: the project's table does not know when its standard support ends. Look it up.",
      "EMR emr-5.36.0: the project's table does not know when its standard support ends. Look it up.",
    ]);
  });

  it("is an existing bucket with a name that S3 gives no more, and EMR dislikes", () => {
    const { gradesBucket, ...others } = example.edxapp;
    const changes: Partial<ClientInput> = {
      buckets: { trackingLogs: { existing: "Acme_Logs" } },
      edxapp: { ...others, gradesBucket: { ...gradesBucket, name: "Acme_edxapp" } },
    };

    expect(warnings({ ...changes, release: "olive" })).toEqual([
      expect.stringMatching(
        /^buckets\.trackingLogs is "Acme_Logs", a name from before March 2018: it is used as it is/,
      ),
      expect.stringMatching(/^edxapp\.gradesBucket is "Acme_edxapp", a name from before/),
    ]);
  });

  it("is a connector that does not speak to MySQL 8, or not to its passwords", () => {
    const database = (engineVersion: "8.0" | "8.4") => ({ database: { iterations: { "1": { engineVersion } } } });

    expect(warnings({ release: "maple", elasticsearch: { version: "7.10" }, ...database("8.0") })).toContain(
      'database.iterations.1.engineVersion is "8.0"; maple\'s connector 5.1.35 does not speak to it. Upload mysql-connector-java 5.1.47 or later.',
    );
    expect(warnings({ release: "olive", ...database("8.0") })).toEqual([]);
    expect(warnings({ release: "olive", ...database("8.4") })).toEqual([
      'database.iterations.1.engineVersion is "8.4", where mysql_native_password is off: connector 5.1.35 and other clients that know no caching_sha2_password cannot log in. Try them first, or take "8.0".',
    ]);
  });
});
