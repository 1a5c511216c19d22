import { findByTwo } from "./find-by-two";
import { resourceType } from "./resource-type";

const folder = "the folder is written as one";

export const s3Object = resourceType("aws_s3_object", {
  holds: "the object",
  find: findByTwo(["bucket", "key"], "/", ({ s3 }, bucket, key) => s3.hasObject({ bucket, key })),
  adoption: {
    create: "the enrollment task requires the folder to exist",
    update: { content_type: folder, version_id: folder },
  },
  notes: {
    content_type: {
      value: "application/x-directory",
      text: "The enrollment task wants to list this folder before there is anything in it.",
    },
  },
});
