import type { Attributes } from "../../resources/attributes";
import { isKept } from "../../resources/policy-statements";

/** Whether one of the statements lets a user or role read `grades-download`, as the runbook's does. */
export function allowsGradesDownload(statements: readonly Attributes[], bucket: string, arn: string): boolean {
  const runbooks = {
    Effect: "Allow",
    Principal: { AWS: arn },
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/grades-download/*`,
  };
  return isKept(runbooks, statements);
}
