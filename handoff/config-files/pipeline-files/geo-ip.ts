/** Editions by the byte behind the mark at the end, that tell a country; the pipeline's reader, pygeoip, has them. */
const editions: Readonly<Record<number, string>> = { 1: "country", 2: "city", 3: "region", 6: "city", 7: "region" };

/** Where the leaves of a country database begin, each the number of a country. */
const countryBegin = 16776960;
const countries = 255;

const take = "Take a GeoIP country database in MaxMind's old binary format, unpacked";

/** What is wrong with `GeoIP.dat`. */
export function geoIpProblem(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes);
  if (file[0] === 0x1f && file[1] === 0x8b) {
    return "is compressed. Unpack it with gunzip";
  }
  if (file.subarray(-128 * 1024).includes(Buffer.from([0xab, 0xcd, 0xef, ...Buffer.from("MaxMind.com")]))) {
    return `is of the new format, .mmdb, which the pipeline cannot read. ${take}`;
  }
  const edition = editionOf(file);
  if (editions[edition] === undefined) {
    return `is a GeoIP database of edition ${edition}, which tells no country. ${take}`;
  }
  return edition !== 1 || hasCountry(file, 0x08080808) ? undefined : `is no GeoIP database. ${take}`;
}

/** The byte behind three of 0xff in the last twenty; without them it is the country edition. */
function editionOf(file: Buffer): number {
  const end = file.subarray(-20);
  const mark = end.lastIndexOf(Buffer.from([0xff, 0xff, 0xff]));
  const edition = mark === -1 ? 1 : (end[mark + 3] ?? 1);
  // Newer databases count from 106.
  return edition >= 106 ? edition - 105 : edition;
}

/** Whether the tree of a country database leads from an address to a country: two numbers of three bytes for each bit. */
function hasCountry(file: Buffer, address: number): boolean {
  let node = 0;
  for (let bit = 31; bit >= 0; bit -= 1) {
    const place = node * 6 + ((address >>> bit) & 1) * 3;
    if (place + 3 > file.length) {
      return false;
    }
    node = file.readUIntLE(place, 3);
    if (node >= countryBegin) {
      return node - countryBegin < countries;
    }
  }
  return false;
}
