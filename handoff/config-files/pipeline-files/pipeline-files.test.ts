import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { connectorChecksums } from "./connector";
import { contentOf, fileProblem } from "./pipeline-files";

function problem(key: string, bytes: Uint8Array | string, emrRelease = "emr-4.9.6"): string | undefined {
  const file = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  return fileProblem({ bucket: "example", key, from: "" }, file, { emrRelease });
}

/** A class file of a version of Java, as far as anybody looks. */
const classOf = (java: number) => Uint8Array.from([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, java + 44]);
const manifest = "org/edx/hadoop/input/ManifestTextInputFormat.class";
const jar = (java: number) => zipSync({ [manifest]: classOf(7), "org/edx/Other.class": classOf(java) });

/** A country database that has one country for all addresses, with the mark of an edition. */
const geoIp = (edition: number, country = 225, mark = true) =>
  Buffer.concat([
    Buffer.from([0, 1].flatMap(() => [country & 0xff, 0xff, 0xff])),
    Buffer.from("GEO-106FREE 20180327 Build 1 Copyright (c) 2018 MaxMind Inc All Rights Reserved"),
    mark ? Buffer.from([0xff, 0xff, 0xff, edition]) : Buffer.from("."),
  ]);

describe("install-sqoop", () => {
  it("is a script that installs the connector", () => {
    expect(problem("install-sqoop", "#!/bin/bash\ncp mysql-connector-java-5.1.35-bin.jar lib\n")).toBeUndefined();
  });

  it.each([
    ["<html>mysql-connector-java</html>", /^is no script/],
    ["#!/bin/bash\r\ncp mysql-connector-java lib\r\n", /^has line ends of Windows/],
    ["#!/bin/bash\necho\n", /^installs no MySQL connector/],
  ])("is not %j", (text, expected) => {
    expect(problem("install-sqoop", text)).toMatch(expected);
  });
});

describe("the MySQL connector", () => {
  const key = (version: string) => `mysql-connector-java-${version}.tar.gz`;
  const jarOf = (version: string, driver = "com/mysql/jdbc/Driver.class") =>
    zipSync({
      "META-INF/MANIFEST.MF": Buffer.from(`Manifest-Version: 1.0\r\nImplementation-Version: ${version}\r\n`),
      [driver]: classOf(5),
    });

  it.each(["5.1.35", "5.1.47"])("%s has the checksum of Maven Central's jar", (version) => {
    const file = jarOf(version);

    expect(problem(key(version), file)).toBe(
      `has SHA-256 ${createHash("sha256").update(file).digest("hex")}, MySQL's has ${connectorChecksums[version]}. Take https://repo1.maven.org/maven2/mysql/mysql-connector-java/${version}/mysql-connector-java-${version}.jar`,
    );
  });

  it("of a version without a known checksum is MySQL's jar of that version", () => {
    expect(problem(key("5.1.49"), jarOf("5.1.49"))).toBeUndefined();
    expect(problem(key("5.1.49"), jarOf("5.1.4"))).toMatch(/^is not MySQL's connector 5\.1\.49\. Take https/);
    expect(problem(key("5.1.49"), jarOf("5.1.49", "org/mariadb/jdbc/Driver.class"))).toMatch(/^is not MySQL's/);
    expect(problem(key("5.1.49"), "<html>")).toMatch(/^is no jar\./);
  });

  it("is uploaded in the archive that install-sqoop takes it out of, always the same, and other files as they are", () => {
    const jar = jarOf("5.1.47");
    const object = { bucket: "example", key: key("5.1.47"), from: "" };
    const tar = gunzipSync(contentOf(object, jar));
    const text = (start: number, length: number) => tar.toString("latin1", start, start + length).split("\0")[0];
    const withoutChecksum = Buffer.concat([tar.subarray(0, 148), Buffer.alloc(8, " "), tar.subarray(156, 512)]);

    expect(text(0, 100)).toBe("mysql-connector-java-5.1.47/mysql-connector-java-5.1.47-bin.jar");
    expect(Number.parseInt(text(124, 12) ?? "", 8)).toBe(jar.length);
    expect(Number.parseInt(text(148, 8) ?? "", 8)).toBe(withoutChecksum.reduce((sum, byte) => sum + byte, 0));
    expect(Buffer.from(jar).equals(tar.subarray(512, 512 + jar.length))).toBe(true);
    expect([tar.length % 512, tar.length > 512 + jar.length + 1024]).toEqual([0, true]);
    expect(contentOf(object, jar)).toEqual(contentOf(object, jar));
    expect(contentOf({ ...object, key: "GeoIP.dat" }, jar)).toBe(jar);
  });
});

describe("the Hadoop jar", () => {
  const key = "edx-analytics-hadoop-util.jar";

  it.each([
    ["emr-4.9.6", 7],
    ["emr-5.36.0", 8],
    ["emr-6.15.0", 8],
    ["emr-7.1.0", 17],
  ])("on %s is built for Java %i at most", (release, java) => {
    expect(problem(key, jar(java), release)).toBeUndefined();
    expect(problem(key, jar(java + 1), release)).toMatch(
      new RegExp(`^is built for Java ${java + 1}, and ${release} runs Java ${java}\\. Build it`),
    );
  });

  it("is a jar with the class that the configuration names", () => {
    expect(problem(key, "<html>")).toMatch(/^is no jar/);
    expect(problem(key, zipSync({ "org/edx/Other.class": classOf(7) }))).toMatch(
      /^has no org\/edx\/hadoop\/input\/ManifestTextInputFormat\.class/,
    );
  });
});

describe("GeoIP.dat", () => {
  it.each([
    ["country", geoIp(1)],
    ["country, as newer ones count", geoIp(106)],
    ["country, without a mark", geoIp(0, 225, false)],
    ["city", geoIp(2)],
    ["city, as newer ones count", geoIp(111)],
  ])("may be of the edition %s", (_, file) => {
    expect(problem("GeoIP.dat", file)).toBeUndefined();
  });

  it.each([
    ["compressed", gzipSync(geoIp(1)), /^is compressed/],
    [
      "of the new format",
      Buffer.concat([Buffer.alloc(64), Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com"), Buffer.alloc(64)]),
      /^is of the new format, \.mmdb/,
    ],
    ["of internet providers", geoIp(4), /^is a GeoIP database of edition 4, which tells no country/],
    ["something else", Buffer.from("<html>not found</html>"), /^is no GeoIP database/],
    ["empty", Buffer.alloc(0), /^is no GeoIP database/],
    ["cut off", geoIp(1, 0).subarray(0, 2), /^is no GeoIP database/],
  ])("may not be %s", (_, file, expected) => {
    expect(problem("GeoIP.dat", file)).toMatch(expected);
  });
});
