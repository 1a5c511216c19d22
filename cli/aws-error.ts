import { CommandError } from "./command-error";

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
const unreachable = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "TimeoutError"];

/** A call that AWS did not answer as asked, or that did not get there. */
export class AwsError extends CommandError {
  /** AWS's name of the error, as in `NoSuchBucket`. */
  readonly code: string;
  readonly status?: number;
  /** IAM action that the call needs, as in `s3:ListBucket`. */
  readonly action: string;
  /** Whether these credentials may not make the call. */
  readonly denied: boolean;
  /** Whether no other call can succeed either: no valid credentials, or no way to AWS. */
  readonly hopeless: boolean;
  /** AWS's own words. */
  readonly reason: string;

  /**
   * @param about client or stack that the call is about
   * @param accountId account whose credentials are wanted
   * @param action IAM action that the call needs
   */
  constructor(about: string, accountId: string, action: string, cause: unknown) {
    const error = (typeof cause === "object" && cause !== null ? cause : {}) as SdkError;
    const code = error.code !== undefined && unreachable.includes(error.code) ? error.code : (error.name ?? "Error");
    const reason = ((error.message ?? String(cause)).split("\n")[0] as string).replace(/\.?$/, ".");
    // The one who is denied may be denied something else than what was asked, such as assuming the role.
    const needed = /not authorized to perform: ([\w-]+:\w+)/.exec(reason)?.[1] ?? action;
    const status = error.$metadata?.httpStatusCode;
    const advice = adviceOn(code, accountId);
    const denied = advice === undefined && (status === 403 || /^(AccessDenied|UnauthorizedOperation)/.test(code));
    super(
      `${about}: ${
        advice ??
        (denied
          ? `AWS does not let these credentials do ${needed}: ${reason} Allow it to them, or take others.`
          : `${action} failed with ${code}: ${reason} Mend that, then repeat the command.`)
      }`,
      { cause },
    );
    this.name = "AwsError";
    this.code = code;
    this.status = status;
    this.action = needed;
    this.denied = denied;
    this.hopeless = advice !== undefined;
    this.reason = reason;
  }
}

/** What to do about errors that no change of a client file mends. */
function adviceOn(code: string, accountId: string): string | undefined {
  if (missing.includes(code)) {
    return `there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to those of account ${accountId}; \`aws sts get-caller-identity\` shows whose they are.`;
  }
  if (expired.includes(code)) {
    return `the AWS credentials have expired (${code}). Log in again, as by \`aws sso login\`, then repeat the command.`;
  }
  if (unknown.includes(code)) {
    return `AWS does not know these credentials (${code}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary ones, AWS_SESSION_TOKEN, to those of account ${accountId}.`;
  }
  if (unreachable.includes(code)) {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    return `AWS cannot be reached (${code}). Check the network${endpoint ? `, and AWS_ENDPOINT_URL, which is ${endpoint}` : ""}.`;
  }
  return undefined;
}
