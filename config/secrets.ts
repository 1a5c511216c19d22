/** Keys and tokens by their form: PEM, PGP, AWS, GitHub, GitLab, Slack, Stripe, Google, JWT. */
const knownForms = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}|\b[rs]k_(live|test)_[A-Za-z0-9]{10,}|\bAIza[\w-]{35}/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/,
  /\$ANSIBLE_VAULT;/,
  // A private PGP key begins with its packet's tag, 5: 0x94 to 0x97, or 0xc5.
  /^(l|x[Q-Za-f])[A-Za-z0-9+/\s]{150,}={0,2}\s*$/,
  /\bhttps:\/\/hooks\.slack\.com\/(services|workflows|triggers)\/\w/,
];

/** AWS's secret access keys: 40 of base64, with capitals, small letters and digits. */
const awsSecretKey = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9/+]{40}$/;

/** What a file's reader puts in: expressions of Jinja, bash and ConfigParser. */
export const expression = /\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]+\}|%\([^)]+\)s/s;

const expressions = new RegExp(expression, "gs");

/** Credentials in URLs, `<>` for an expression: of http whatever stands before the @, but a user's name, else what follows a colon there. */
const urlForms = [
  /\bhttps?:\/\/(?!([^/?#\s:@]*:)?<>@|[a-z_-]{1,20}@)[^/?#\s]*@/i,
  /\b[a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:(?!<>@)[^/?#\s]+@/i,
  /[?&](access_token|token|api_?key|password|secret|sig|x-amz-signature)=(?!<>)[^&\s]/i,
];

/** Names whose value is a secret, by their last word: not `PASSWORD_FILE`. */
const secretName =
  /(^|[_.-])(pass|passwd|password|passphrase|pwd|secret|secret_?key|secret_?access_?key|(auth|access|api|oauth2?|refresh)?_?token|api_?key|private_?key|credentials?)([_.-]?\d+)?$/i;

/**
 * Whether a value is a secret by its form, whatever it is called.
 * @param isProse whether people's own words may be of the form of AWS's keys, as cost centres are
 */
export function looksLikeSecret(value: unknown, isProse = false): boolean {
  if (typeof value !== "string") {
    return false;
  }
  const forms = isProse ? knownForms : [...knownForms, awsSecretKey];
  const url = value.replaceAll(expressions, "<>");
  return forms.some((form) => form.test(value)) || urlForms.some((form) => form.test(url));
}

/** Whether what a name stands for would be a secret. */
export function namesSecret(name: string): boolean {
  // `clientSecret` and `CLIENT_SECRET` alike.
  return secretName.test(name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2"));
}
