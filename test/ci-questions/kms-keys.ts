import type { ClientInput } from "../../config/schema/client";
import { changed } from "../client-files";
import { keys, kmsKeyId, withKeys } from "../kms-client";
import { call, type Question } from "./question";

const client = changed(withKeys) as Partial<ClientInput>;
const backedUp = changed({ ...withKeys, "hosts.backups": {} }) as Partial<ClientInput>;

const by = (service: string) => ({ "kms:ViaService": `${service}.eu-west-1.amazonaws.com` });
const grant = (service: string, arn: string, isForService = "true") =>
  call("kms:CreateGrant", arn, { ...by(service), "kms:GrantIsForAWSResource": isForService });

/** KMS keys that the client file names. */
export const kmsKeys: readonly Question[] = [
  {
    what: "with `kmsKeyId` of any part, ask what key that is; with the buckets' any key of the account",
    client,
    calls: [...Object.values(keys), kmsKeyId].map((arn) => call("kms:DescribeKey", arn)),
  },
  {
    what: "have RDS, Elasticsearch and EC2 encrypt with the key that the file names for each, by grants for themselves",
    client,
    calls: [
      grant("rds", keys.database),
      grant("es", keys.domain),
      grant("ec2", keys.hosts),
      grant("ec2", keys.director),
      call("kms:GenerateDataKeyWithoutPlaintext", keys.hosts, by("ec2")),
      call("kms:Decrypt", keys.director, by("ec2")),
    ],
  },
  {
    what: "with `hosts.backups` besides, have EC2 make snapshots with the hosts' key",
    client: backedUp,
    calls: [grant("ec2", keys.hosts), call("kms:GenerateDataKeyWithoutPlaintext", keys.hosts, by("ec2"))],
  },
  {
    what: "with `buckets.kmsKeyId`, have S3 encrypt with that key",
    client,
    calls: [call("kms:GenerateDataKey", keys.buckets, by("s3"))],
  },
  {
    what: "have S3 decrypt with it, or with one of `buckets.formerKmsKeyIds`",
    client: changed({ ...withKeys, "buckets.formerKmsKeyIds": [kmsKeyId] }) as Partial<ClientInput>,
    calls: [keys.buckets, kmsKeyId].map((arn) => call("kms:Decrypt", arn, by("s3"))),
  },
  {
    what: "use these keys without the service, for another one or by a grant to somebody; use other keys; change or delete any",
    client,
    calls: [
      call("kms:Decrypt", keys.buckets),
      call("kms:Decrypt", keys.database, by("rds")),
      call("kms:Decrypt", keys.domain, by("s3")),
      call("kms:GenerateDataKey", kmsKeyId, by("s3")),
      grant("ec2", keys.hosts, "false"),
      grant("rds", keys.hosts),
      grant("ec2", kmsKeyId),
      call("kms:PutKeyPolicy", keys.buckets),
      call("kms:ScheduleKeyDeletion", keys.buckets),
    ],
  },
];
