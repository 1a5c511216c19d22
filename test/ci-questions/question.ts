import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import type { Call } from "../iam";

/** What docs/ci.md says of CI's roles: a line of its table, and the calls that it is of. */
export interface Question {
  /** What is done, in the words of the table. */
  readonly what: string;
  readonly calls: readonly Call[];
  /**
   * Fields of the client file that it depends on.
   * @default - none
   */
  readonly client?: Partial<ClientInput>;
  /**
   * Whether the bucket's policy names the caller's session, and allows it everything.
   * @default false
   */
  readonly bucketPolicy?: boolean;
}

const account = "123456789012";

/** ARNs in the region and account of the client `example`. */
export const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${account}:${rest}`;
export const iam = (rest: string) => `arn:aws:iam::${account}:${rest}`;
export const s3 = (rest: string) => `arn:aws:s3:::${rest}`;

export const call = (action: string, resource: string, context?: Call["context"]): Call => ({
  action,
  resource,
  context,
});

/** Tags of what a client made. */
export const tagsOf = (name: string) => ({
  "aws:ResourceTag/Client": name,
  "aws:ResourceTag/Project": "edx-analytics",
});

export const instance = arn("ec2", "instance/i-0a1b2c3d4e5f60718");

export const { edxapp, hosts } = example;
