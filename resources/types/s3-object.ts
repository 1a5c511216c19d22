import { data, permission } from "./alarm";
import { findByTwo } from "./find-by-two";
import { type Compared, resourceType } from "./resource-type";

/** A stack's objects are folders; what runs scripts from the bucket would run another one. */
const content = ({ before, after }: Compared) =>
  ["content", "content_base64", "source", "source_hash", "etag"].map(
    (name) =>
      Boolean(after[name]) &&
      after[name] !== before[name] &&
      permission`gets a content of its own, by ${name}, and a stack's objects have none`,
  );

const folder = "the folder is written as one";

/** What is no folder may be read or served from its key, and an object without content takes its place. */
const notFolder = ({ after: { key } }: Compared) =>
  typeof key === "string" &&
  !key.endsWith("/") &&
  data`is written over ${key}, which is no folder, as a stack's objects are`;

export const s3Object = resourceType("aws_s3_object", {
  holds: "the object",
  find: findByTwo(["bucket", "key"], "/", ({ s3 }, bucket, key) => s3.hasObject({ bucket, key })),
  alarms: {
    create: (change) => [...content(change), notFolder(change)],
    update: content,
  },
  adoption: {
    create: "the enrollment task requires the folder to exist",
    update: { content_type: folder, version_id: folder },
  },
  notes: {
    content_type: {
      value: "application/x-directory",
      text: "The enrollment task lists this folder before there is anything in it.",
    },
  },
});
