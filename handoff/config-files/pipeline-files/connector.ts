import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";

/** SHA-256 of MySQL's jars in Maven Central, which publishes their SHA-1 alone, by version. */
export const connectorChecksums: Readonly<Record<string, string>> = {
  "5.1.35": "5097662ca4c417eb60b8dbf7d324d0c781c7a69cfae7f167617be2a9fdfd3704",
  "5.1.47": "e4f84048f392b2b37baf46a8d508e4b8ddae286d209ef995b9e11885201c1923",
};

/** Where Maven Central has the jar of a version. */
export function connectorUrl(version: string): string {
  return `https://repo1.maven.org/maven2/mysql/mysql-connector-java/${version}/mysql-connector-java-${version}.jar`;
}

/** What is wrong with a jar of the MySQL connector. */
export function connectorProblem(bytes: Uint8Array, version: string): string | undefined {
  const take = `Take ${connectorUrl(version)}`;
  const known = connectorChecksums[version];
  if (known !== undefined) {
    const found = createHash("sha256").update(bytes).digest("hex");
    return found === known ? undefined : `has SHA-256 ${found}, MySQL's has ${known}. ${take}`;
  }
  const manifest = "META-INF/MANIFEST.MF";
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: ({ name }) => name === manifest || name === "com/mysql/jdbc/Driver.class" });
  } catch {
    return `is no jar. ${take}`;
  }
  const says = Buffer.from(files[manifest] ?? []).toString("utf8");
  return Object.keys(files).length === 2 && says.split(/\r?\n/).includes(`Implementation-Version: ${version}`)
    ? undefined
    : `is not MySQL's connector ${version}. ${take}`;
}

/** The archive that `install-sqoop` takes the jar out of; the same bytes each time. */
export function connectorArchive(jar: Uint8Array, version: string): Buffer {
  const release = `mysql-connector-java-${version}`;
  const padding = Buffer.alloc(-jar.length & 511);
  const end = Buffer.alloc(1024);
  const tar = Buffer.concat([tarHeader(`${release}/${release}-bin.jar`, jar.length), jar, padding, end]);
  // A jar is compressed already, and other versions of zlib would compress it to other bytes.
  const archive = gzipSync(tar, { level: 0 });
  // By gzip's header: of no known operating system.
  archive[9] = 255;
  return archive;
}

/** The header of a file in an archive: https://www.gnu.org/software/tar/manual/html_node/Standard.html. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(name, 0);
  header.write([octal(0o644, 7), octal(0, 7), octal(0, 7), octal(size, 11), octal(0, 11)].join(""), 100);
  // The checksum is of the header with blanks in its own place.
  header.write(" ".repeat(8), 148);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
  );
  return header;
}
