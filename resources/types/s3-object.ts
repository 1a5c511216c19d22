import { found, notFound } from "../outcome";
import { resourceType } from "./resource-type";

const folder = "the folder is written as one";

export const s3Object = resourceType("aws_s3_object", {
  holds: "the object",
  find: async (object, lookUp) => {
    const named = await lookUp.named(object, "bucket", "key");
    return named !== undefined && (await lookUp.aws.s3.hasObject(named))
      ? found(`${named.bucket}/${named.key}`)
      : notFound;
  },
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
