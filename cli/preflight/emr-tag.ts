import type { Tag } from "@aws-sdk/client-ec2";
import type { ClientConfig } from "../../clients/config/client";
import { sharedStackName } from "../../clients/config/resolve";
import { clusterTag } from "../../modules/emr-tag";
import { type Context, type Finding, ok, warning } from "./finding";

/**
 * Whether a subnet or group that the client uses and does not make has the tag that EMR's service policy v2 wants. A
 * deploy goes well without it, but no cluster starts.
 */
export function emrTagFinding(context: Context, client: ClientConfig, id = "", tags: readonly Tag[] = []): Finding {
  const [[key, value]] = Object.entries(clusterTag) as [[string, string]];
  const fix =
    client.sharing === "shared-stack"
      ? `Deploy ${sharedStackName(client)} first.`
      : `aws ec2 create-tags --region ${context.region} --resources ${id} --tags Key=${key},Value=${value}`;
  return {
    subject: `tag on ${id}`,
    ...(tags.some(({ Key, Value }) => Key === key && Value === value)
      ? ok(`${key} is there`)
      : warning(`${key} is missing, so with service policy v2 no EMR cluster starts. ${fix}`)),
  };
}
