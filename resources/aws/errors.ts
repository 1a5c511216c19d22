/** Who asks AWS, and for which account. */
export interface Asker {
  /** Client or stack that the questions are about. */
  readonly name: string;
  /** Account whose credentials are wanted. */
  readonly accountId: string;
  /**
   * ARN of the role that is assumed.
   * @default - the operator's own credentials
   */
  readonly deployRoleArn?: string;
}

/** As far as errors of the AWS SDK, of its credential chain and of the network are alike. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];
const missing = ["CredentialsProviderError", "TokenProviderError"];
const unknown = [
  "AuthFailure",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidToken",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];
const unreachable = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN"];

/** A connection or an answer that did not come in time. */
const timedOut = ["ETIMEDOUT", "TimeoutError"];

/** Names of the errors by which the services say that there is no such thing. */
const absent: readonly string[] = [
  "DBInstanceNotFound",
  "DBInstanceNotFoundFault",
  "DBParameterGroupNotFound",
  "DBParameterGroupNotFoundFault",
  "DBSnapshotNotFound",
  "DBSnapshotNotFoundFault",
  "DBSubnetGroupNotFoundFault",
  "InvalidAMIID.NotFound",
  "InvalidAMIID.Unavailable",
  "InvalidGroup.NotFound",
  "InvalidGroupId.Malformed",
  "InvalidInstanceID.Malformed",
  "InvalidInstanceID.NotFound",
  "InvalidKeyPair.NotFound",
  "InvalidSubnetID.NotFound",
  "InvalidVpcID.NotFound",
  "NoSuchBucket",
  "NoSuchBucketPolicy",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchKey",
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchResourceException",
  "NoSuchTagSet",
  // A HEAD request of S3's has no body to say more in.
  "NotFound",
  "OwnershipControlsNotFoundError",
  "ResourceNotFoundException",
  "ServerSideEncryptionConfigurationNotFoundError",
];

/** What every AWS identity may ask: whose credentials they are. */
export const identityAction = "sts:GetCallerIdentity";

/** A call that AWS did not answer as asked, or that did not get there. */
export class AwsError extends Error {
  /** AWS's name of the error, as in `NoSuchBucket`. */
  readonly code: string;
  /** IAM action that the call needs, as in `s3:ListBucket`. */
  readonly action: string;
  /** Whether AWS says that there is no such thing. */
  readonly absent: boolean;
  /** Whether these credentials may not make the call. */
  readonly denied: boolean;
  /** Whether no other call can succeed either: no valid credentials, or no way to AWS. */
  readonly hopeless: boolean;
  /** Why there is no answer, in a few words. */
  readonly brief: string;

  /**
   * @param action IAM action that the call needs
   * @param cause what the SDK threw
   */
  constructor({ name, accountId, deployRoleArn }: Asker, action: string, cause: unknown) {
    const error = (typeof cause === "object" && cause !== null ? cause : {}) as SdkError;
    const isOfNetwork = error.code !== undefined && [...unreachable, ...timedOut].includes(error.code);
    const code = isOfNetwork ? (error.code as string) : (error.name ?? "Error");
    const reason = ((error.message ?? String(cause)).split("\n")[0] as string).replace(/\.?$/, ".");
    // The one who is denied may be denied something else than what was asked, such as assuming the role.
    const needed = /not authorized to perform: ([\w-]+:\w+)/.exec(reason)?.[1] ?? action;
    const advice = adviceOn(code, accountId, action);
    const denied =
      advice === undefined &&
      (error.$metadata?.httpStatusCode === 403 || /^(AccessDenied|UnauthorizedOperation)/.test(code));
    super(
      `${name}: ${
        advice ??
        // The call that everybody may make: the role is what is denied.
        (denied && deployRoleArn !== undefined && action === identityAction
          ? `these credentials may not assume \`deployRoleArn\`, ${deployRoleArn}: ${reason} Have the role trust them, or use others.`
          : denied
            ? `AWS does not let these credentials do ${needed}: ${reason} Allow it to them, or use others.`
            : `${action} failed with ${code}: ${reason} Correct that, then repeat the command.`)
      }`,
      { cause },
    );
    this.name = "AwsError";
    this.code = code;
    this.action = needed;
    this.absent = absent.includes(code);
    this.denied = denied;
    this.hopeless = advice !== undefined;
    this.brief = denied
      ? `these credentials lack ${needed}`
      : `${needed} failed with ${code}: ${reason.replace(/\.$/, "")}`;
  }
}

/** What to do about errors that no change of a client file mends. */
function adviceOn(code: string, accountId: string, action: string): string | undefined {
  if (missing.includes(code)) {
    return `there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to those of account ${accountId}; \`aws sts get-caller-identity\` shows whose they are.`;
  }
  if (expired.includes(code)) {
    return `the AWS credentials have expired (${code}). Log in again, as by \`aws sso login\`, then repeat the command.`;
  }
  if (unknown.includes(code)) {
    return `AWS does not know these credentials (${code}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN, to those of account ${accountId}.`;
  }
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const check = `Check the network, proxies and VPC endpoints${endpoint ? `, and AWS_ENDPOINT_URL, which is ${endpoint}` : ""}`;
  if (timedOut.includes(code)) {
    return `AWS did not answer in time: ${action}, tried several times (${code}). ${check}, then repeat the command.`;
  }
  return unreachable.includes(code) ? `AWS cannot be reached (${code}). ${check}.` : undefined;
}
