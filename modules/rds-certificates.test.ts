import { X509Certificate } from "node:crypto";
import { rdsCertificates } from "./rds-certificates";

/** The certificates of a bundle. */
function certificates(bundle = ""): X509Certificate[] {
  return bundle
    .split(/(?=-----BEGIN)/)
    .filter((pem) => pem !== "")
    .map((pem) => new X509Certificate(pem));
}

describe("RDS's certificate authorities", () => {
  it("are the three of the region, and will be for decades", () => {
    const found = certificates(rdsCertificates("eu-west-1"));

    expect(found.map(({ subject }) => /^CN=(.*)$/m.exec(subject)?.[1]).sort()).toEqual([
      "Amazon RDS eu-west-1 Root CA ECC384 G1",
      "Amazon RDS eu-west-1 Root CA RSA2048 G1",
      "Amazon RDS eu-west-1 Root CA RSA4096 G1",
    ]);
    expect(found.every(({ ca, validTo }) => ca && new Date(validTo).getFullYear() > 2060)).toBe(true);
  });

  it("of another region are no one's here: us-east-1's neither, whose preview has a similar name", () => {
    const subjects = (region: string) => certificates(rdsCertificates(region)).map(({ subject }) => subject);

    expect(subjects("us-east-1")).toHaveLength(3);
    expect(subjects("us-east-1").filter((subject) => /Beta|Preview|eu-west-1/.test(subject))).toEqual([]);
  });

  it("are not made up for a region that is younger than the list", () => {
    expect(rdsCertificates("il-central-1")).toBeUndefined();
  });
});
