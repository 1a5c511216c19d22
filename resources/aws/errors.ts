import { currentProfile, type Profile } from "./profile";

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
/** What IAM Identity Center answers to a session that has ended. */
const ended = ["UnauthorizedException"];
const skewed = ["RequestTimeTooSkewed", "RequestInTheFuture"];
const notEnabled = ["OptInRequired", "RegionDisabledException"];
const unknown = [
  "AuthFailure",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
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
  "NotFoundException",
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
    const advice = adviceOn(code, accountId, action, reason);
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

/** What to do about errors that no change of a client file corrects. */
function adviceOn(code: string, accountId: string, action: string, reason: string): string | undefined {
  // Services without a code of their own for it say it in the message.
  if (skewed.includes(code) || /\bSignature (expired|not yet current)\b/i.test(reason)) {
    return `the clock of this machine is off, and AWS takes requests within five minutes of its own (${code}). Set the clock, as with \`timedatectl set-ntp true\`, then repeat the command.`;
  }
  if (missing.includes(code) || ended.includes(code)) {
    return adviceOnMissing(currentProfile(), accountId, reason);
  }
  if (expired.includes(code)) {
    const profile = currentProfile();
    const login = profile.sso ? `by \`${loginCommand(profile)}\`` : "as by `aws sso login`";
    return `the AWS credentials have expired (${code}). Log in again, ${login}, then repeat the command.`;
  }
  if (notEnabled.includes(code)) {
    return `the region is not enabled in account ${accountId} (${code}). Enable it, as with \`aws account enable-region\`, or correct \`region\`.`;
  }
  if (unknown.includes(code)) {
    return `AWS does not know these credentials (${code}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN, to those of account ${accountId}. A region that is not enabled in the account knows none either.`;
  }
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint && !URL.canParse(endpoint)) {
    return "AWS_ENDPOINT_URL is no URL, and requests go to it. Correct it, as in `http://127.0.0.1:4566`, or unset it.";
  }
  const check = `Check the network, proxies and VPC endpoints${endpoint ? `, and AWS_ENDPOINT_URL, which is ${endpoint}` : ""}`;
  if (timedOut.includes(code)) {
    return `AWS did not answer in time: ${action}, tried several times (${code}). ${check}, then repeat the command.`;
  }
  return unreachable.includes(code) ? `AWS cannot be reached (${code}). ${check}.` : undefined;
}

/** Why there are no credentials; the SDK itself mostly says no more than that. */
function adviceOnMissing(profile: Profile, accountId: string, reason: string): string {
  const { name, namedBy, known } = profile;
  const mfa = /Profile (.+) requires multi-factor/.exec(reason)?.[1];
  if (mfa !== undefined) {
    return `the AWS profile \`${mfa}\` asks for an MFA code, which this command does not ask for. Log in by another tool, and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.`;
  }
  if (namedBy !== undefined && !profile.exists) {
    const others = known.length === 0 ? "there is none" : `there are ${known.join(", ")}`;
    return `there is no AWS profile \`${name}\`, which ${namedBy} names; ${others}. Correct ${namedBy}, or add it with \`aws configure --profile ${name}\`.`;
  }
  if (!/^[\w@+.%:/-]+$/.test(name)) {
    return `the AWS profile \`${name}\` has a name that the AWS SDK does not read. Give it one of letters, digits and _-@+.%:/ in AWS's files, and in what names it.`;
  }
  if (profile.sso) {
    return `the SSO session of the AWS profile \`${name}\` has ended, or never began. Run \`${loginCommand(profile)}\`, then repeat the command.`;
  }
  if (profile.process) {
    return `the \`credential_process\` of the AWS profile \`${name}\` gives no valid credentials. Run it by itself to see why; \`aws configure get credential_process --profile ${name}\` shows it.`;
  }
  return `there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to those of account ${accountId}; \`aws sts get-caller-identity\` shows whose they are.`;
}

function loginCommand({ name }: Profile): string {
  return `aws sso login --profile ${name}`;
}
