import type { SharedStackInput } from "../../config/schema/shared";
import { call, type Question, s3 } from "./question";

/** The same of a shared stack's roles. */
interface SharedQuestion extends Omit<Question, "client"> {
  /**
   * Fields of its file that it depends on.
   * @default - none
   */
  readonly shared?: Partial<SharedStackInput>;
}

const awsPolicy: Partial<SharedStackInput> = { emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } };
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:210987654321:${rest}`;
const role = "arn:aws:iam::210987654321:role/EMR_EC2_DefaultRole";
const within = {
  "iam:PermissionsBoundary": "arn:aws:iam::210987654321:policy/shared-210987654321-eu-central-1-ci-boundary",
};
const group = arn("ec2", "security-group/sg-0a1b2c3d");
const objects = ["birch-edxanalytics/data", "olive-edxapp/private", "other/data"].flatMap((path) =>
  ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) => call(action, s3(path))),
);
const states = ["birch/birch.tfstate", "olive/olive-ci.tfstate", "plans/birch/deploy/plan"].map((key) =>
  call("s3:GetObject", s3(`grove-terraform-state/${key}`)),
);

export const ofShared: readonly SharedQuestion[] = [
  {
    what: "change EMR's two roles and who assumes them, as long as the shared stack's boundary limits them",
    calls: ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"].map((action) => call(action, role, within)),
  },
  {
    what: "the same without the boundary",
    calls: ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"].map((action) => call(action, role)),
  },
  {
    what: "delete security groups of a client",
    shared: { emr: { servicePolicy: "v2" } },
    calls: [
      call("ec2:DeleteSecurityGroup", group, {
        "aws:RequestedRegion": "eu-central-1",
        "aws:ResourceTag/Client": "birch",
        "aws:ResourceTag/Project": "edx-analytics",
      }),
    ],
  },
  {
    what: "write and delete any resource policy of CloudWatch Logs",
    calls: ["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"].map((action) => call(action, "*")),
  },
  {
    what: "change or delete any alarm of CloudWatch",
    calls: [call("cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:edxapp"))],
  },
  {
    what: "read, write and delete objects of clients' buckets, edxapp's and all others in the account",
    calls: objects,
  },
  {
    what: "read and write data of a client's Elasticsearch domain",
    calls: [call("es:ESHttpPost", arn("es", "domain/birch-analytics-es/roster"))],
  },
  {
    what: 'with `emr.instancePolicy: "AmazonElasticMapReduceforEC2Role"`, read, write and delete all those objects, and states in another bucket unless its own policy refuses it',
    shared: awsPolicy,
    calls: [...objects, call("s3:GetObject", s3("other-terraform-state/acme/acme.tfstate"))],
  },
  {
    what: "with it, read and write data of all domains",
    shared: awsPolicy,
    calls: [call("es:ESHttpPost", arn("es", "domain/birch-analytics-es/roster"))],
  },
  { what: "with it, read states and plans of clients in the shared stack's bucket", shared: awsPolicy, calls: states },
  {
    what: "with it, delete buckets and versions of objects, change settings, also by a policy of the bucket that lets it",
    shared: awsPolicy,
    bucketPolicy: true,
    calls: [
      call("s3:DeleteBucket", s3("birch-edxanalytics")),
      call("s3:DeleteObjectVersion", s3("birch-edxanalytics/data")),
      call("s3:PutBucketPolicy", s3("birch-edxanalytics")),
      call("s3:PutLifecycleConfiguration", s3("olive-edxapp")),
    ],
  },
];
