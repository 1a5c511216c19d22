import type { Condition, Statement } from "../modules/policy-document";
import { bucketChanges } from "./ci-apply-permissions";
import { blacklists, bucketArn, bucketReads, deny } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

// Explicit denials. Who may write a bucket's policy can let itself in by it: IAM takes what either policy allows, and a user or
// a session that the bucket's policy names is not limited by what a permissions boundary leaves out.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

const everyBucket = "arn:aws:s3:::*";
const ofObjects = ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"];
const ofPolicies = ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"];

/** Of S3 nothing but what CI's roles have in their own policies, whatever a bucket's policy allows them. */
export function ciBucketLimits(scope: CiScope): Statement[] {
  const { gradesPolicy } = scope;
  const own = scope.buckets.map(bucketArn);
  const grades = gradesPolicy === undefined ? [] : [bucketArn(gradesPolicy.bucket)];
  return [
    noneBut([...bucketReads, ...bucketChanges, ...ofObjects]),
    elsewhere(ofObjects, [`${bucketArn(scope.stateBucket)}/*`, ...blacklists(scope)]),
    elsewhere(
      bucketChanges.filter((action) => !ofPolicies.includes(action)),
      own,
    ),
    elsewhere(["s3:PutBucketPolicy"], [...own, ...grades]),
    elsewhere(["s3:DeleteBucketPolicy"], gradesPolicy?.deletes ? [...own, ...grades] : own),
  ];
}

/**
 * The same for what CI makes.
 * @param changes of objects, besides reading
 * @param objects ARNs of those in the account that are read and changed
 */
export function madeBucketLimits({ accountId }: CiScope, changes: readonly string[], objects: string[]): Statement[] {
  return [
    noneBut(["s3:Get*", "s3:List*", ...changes]),
    elsewhere(["s3:GetObject*", ...changes], objects, [
      { test: "StringEquals", variable: "aws:ResourceAccount", values: [accountId] },
    ]),
  ];
}

function noneBut(notActions: string[]): Statement {
  return { effect: "Deny", notActions, resources: [everyBucket] };
}

function elsewhere(actions: string[], notResources: string[], condition?: Condition[]): Statement {
  return notResources.length === 0
    ? deny(actions, ["*"], condition)
    : { effect: "Deny", actions, notResources, condition };
}
