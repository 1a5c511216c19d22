import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

/**
 * SHA-256 of MySQL's archives, by version, as Homebrew's formulas and Chef's cookbook mysql_connector have them. Of 5.1.47
 * none is published: what is in it is looked at instead.
 */
export const connectorChecksums: Readonly<Record<string, string>> = {
  "5.1.35": "fa77909a62363c1aa49ef5ab537ed4affe90a4a6aa5dd1045555b16b2611306d",
};

/** What is wrong with an archive of the MySQL connector; `install-sqoop` takes the one file out of it. */
export function connectorProblem(bytes: Uint8Array, version: string): string | undefined {
  const archive = "the archive `mysql-connector-java-<version>.tar.gz` of https://downloads.mysql.com/archives/c-j/";
  const known = connectorChecksums[version];
  const found = createHash("sha256").update(bytes).digest("hex");
  if (known !== undefined) {
    return found === known ? undefined : `has SHA-256 ${found}, MySQL's has ${known}. Take ${archive}`;
  }
  const release = `mysql-connector-java-${version}`;
  const names = namesInArchive(bytes);
  if (names === undefined) {
    return `is no tar archive that gzip has compressed. Take ${archive}`;
  }
  return names.includes(`${release}/${release}-bin.jar`)
    ? undefined
    : `has no ${release}/${release}-bin.jar in it, which install-sqoop takes. Take ${archive}`;
}

/** Names of the files in a `.tar.gz`: https://www.gnu.org/software/tar/manual/html_node/Standard.html. */
function namesInArchive(bytes: Uint8Array): string[] | undefined {
  let tar: Buffer;
  try {
    tar = gunzipSync(bytes);
  } catch {
    return undefined;
  }
  const text = (start: number, length: number) => tar.toString("utf8", start, start + length).split("\0")[0] as string;
  const names: string[] = [];
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    if (!(size >= 0)) {
      return undefined;
    }
    names.push(text(at, 100));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return names;
}
