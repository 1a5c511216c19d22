import type { Changes } from "./client-files";

const key = (id: string) => `arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890${id}`;

/** A key of a client, and those of each part. */
export const kmsKeyId = key("ab");
export const keys = {
  database: key("ac"),
  hosts: key("ad"),
  director: key("ae"),
  domain: key("af"),
  buckets: key("ba"),
};

/** Fields of a client that has a key for each part. */
export const withKeys: Changes = {
  "database.iterations.1.kmsKeyId": keys.database,
  "hosts.iterations.1.kmsKeyId": keys.hosts,
  "director.kmsKeyId": keys.director,
  "elasticsearch.kmsKeyId": keys.domain,
  "buckets.kmsKeyId": keys.buckets,
  "buckets.apiReports": {},
};
