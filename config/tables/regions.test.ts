import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { partitionOf, regions } from "./regions";

it("are those that the AWS SDK knows", () => {
  const client = dirname(require.resolve("@aws-sdk/core/client"));
  const text = readFileSync(join(client, "index.js"), "utf8");
  const known = [...text.matchAll(/^\s+"?([a-z]{2,4}(?:-[a-z]+)+-\d)"?: \{/gm)].map(([, region]) => region as string);

  expect(known.length).toBeGreaterThan(40);
  expect(Object.values(regions).flat().sort()).toEqual([...new Set(known)].sort());
});

it.each([
  ["eu-west-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["eu-west-9", undefined],
  ["constructor", undefined],
])("%s is of the partition %s", (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
