import type { BucketStatement } from "../../resources/aws/s3";

/** Whether one of the statements lets a user or role read `grades-download`, as the runbook's does. */
export function allowsGradesDownload(statements: readonly BucketStatement[], bucket: string, arn: string): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Resource, ...rest }) =>
      Effect === "Allow" &&
      !("Condition" in rest) &&
      principals(Principal).includes(arn) &&
      list(Action).some((action) => ["s3:GetObject", "s3:Get*", "s3:*", "*"].includes(action)) &&
      list(Resource).some((resource) =>
        [`arn:aws:s3:::${bucket}/grades-download/*`, `arn:aws:s3:::${bucket}/*`].includes(resource),
      ),
  );
}

function principals(principal: unknown): readonly string[] {
  const aws = (principal as { AWS?: string | readonly string[] } | undefined)?.AWS;
  return list(aws);
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}
