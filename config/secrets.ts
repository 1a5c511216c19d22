/** Keys and tokens by their form: PEM, PGP, AWS, GitHub, GitLab, Slack, Stripe, Google, SendGrid, OpenAI, npm, JWT. */
const knownForms = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}|\b[rs]k_(live|test)_[A-Za-z0-9]{10,}|\bAIza[\w-]{35}/,
  /\bGOCSPX-[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bsk-(proj|svcacct|ant)-[\w-]{16,}|\bnpm_[A-Za-z0-9]{30,}/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/,
  /\$ANSIBLE_VAULT;/,
  // Session tokens of AWS's, and PEM in base64 but for certificates and public keys.
  /\b(AgoJb3JpZ2lu|IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/]{8,}/,
  /\bLS0tLS1CRUdJTi(?!BDRVJU|BQVUJM)[A-Za-z0-9+/]{8,}/,
  // A private PGP key begins with its packet's tag, 5: 0x94 to 0x97, or 0xc5.
  /^(l|x[Q-Za-f])[A-Za-z0-9+/\s]{150,}={0,2}\s*$/,
  /\bhttps:\/\/hooks\.slack\.com\/(services|workflows|triggers)\/\w/,
  // Hashes of passwords, which are guessed from: of htpasswd, crypt, Django and LDAP.
  /\$(apr1|[156y]|2[abxy])\$([\w./=]+\$){0,2}(?=[./A-Za-z]*\d)[\w./]{20,}/,
  /\$argon2(id|i|d)\$|\bpbkdf2_\w{1,20}\$\d+\$|\{S?SHA\d*\}[\w+/]{20,}/,
];

/** AWS's secret access keys: 40 of base64, with capitals, small letters and digits. */
const awsSecretKey = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9/+]{40}$/;

/** Words and numbers, of which people's own 40 characters have ten at most, and random ones about twenty. */
const words = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;

/** What a file's reader puts in: expressions of Jinja, bash and ConfigParser. */
const expressions = /\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]+\}|%\([^)]+\)s/gs;

/** A text within an expression that is its value, or is so by default: `{{ 'x' }}`, `{{ y | default('x') }}`, `${Y:-x}`. */
const literals = [
  /\{\{-?\s*(['"]).+?\1\s*-?\}\}/s,
  /\bd(efault)?\(\s*(['"])(?!\2)/,
  /\belse\s+(['"])(?!\1)/,
  /\$\{\w+:?[-=+][^}]+\}/,
];

/** Whether nothing but the file's reader decides a text; the scheme of an `Authorization` may stand before. */
export function isExpression(text: string): boolean {
  const rest = text.replaceAll(expressions, "").replace(/^(Basic|Bearer|Token)\s/i, "");
  return rest !== text && !/[\p{L}\p{N}]/u.test(rest) && !literals.some((literal) => literal.test(text));
}

/** Credentials in URLs, `<>` for an expression: of http whatever stands before the @, but a user's name, else what follows a colon there. */
const urlForms = [
  /\bhttps?:\/\/(?!([^/?#\s:@]*:)?<>@|[a-z_-]{1,20}@)[^/?#\s]*@/i,
  /\b[a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:(?!<>@)[^/?#\s]+@/i,
  /[?&](access_token|token|api_?key|password|secret|sig|x-amz-signature)=(?!<>)[^&\s]/i,
];

/** Credentials within a text, as of a command line and a DSN; no path, URL or answer, as in `usePassword=true`, and `<>` for an expression. */
const textForms = [
  /((^|[^\p{L}])(secret|(auth_|access_)?token)|password|passwd|passphrase|pwd|secret_?key|api_?key)\s*=\s*["']?(?![\s"'<@/~.$]|https?:\/\/|(true|false|yes|no|prompt|[01])([\s"']|[&;,][\w.-]+=|$))[^\s"']/iu,
  /--(?!(no|skip|ask)-)([a-z]+-)?(password|passphrase|secret|token|api-key)\s+["']?(?![\s"'<@/~.$-]|https?:\/\/|(true|false|yes|no|prompt|[01])([\s"']|$))[^\s"']/i,
];

/** Those of a header, which people's own words may look like, as in "Basic support2026". */
const headerForms = [/\bAuthorization:\s*\w+\s+(?!<>)\S/i, /\b(Basic|Bearer)\s+(?=[\w+/.~-]*[\d=])[\w+/.~-]{8,}/];

/** Names whose value is a secret, by their last word: not `SECRET_NAME`. */
const secretName =
  /(^|[\s_.:/=+@-])(pass|passwds?|passwords?|passphrases?|pwd?|htpasswd|secrets?|secret[ _-]?keys?(_?base)?|secret[ _-]?access[ _-]?keys?|(auth|access|api|oauth2?|refresh)?[ _-]?tokens?|api[ _-]?keys?|private[ _-]?keys?|credentials?|salts?)([_.-]?\d+)?$/i;

/** The same without a separator, as in `PGPASSWORD` and `MAPAPIKEY`; before `pw`, a word or a known beginning, as other words end so. */
const gluedName =
  /([a-z](passwords?|passwd|passphrase|(api|secret|private)_?key|secret|token|credentials)|([a-z]{3}|(^|[^a-z])(ad|db|my|os|pg|sa|vm))(?<!htt)pwd?)\d*$/i;

/** Names of what a login page does, as in `AUTH_USER_FORGOTPASSWORD`. */
const nameOfPage = /(forgot|require)_?passwords?$/i;

/** Keys that sign or encrypt; those that verify are public, and those of packages are known by their ids. */
const keyName = /(?<!(^|[_.-])(public|gpg|pgp|apt|kms)[_.-]?)(signing|encryption|hmac)[_.-]?keys?([_.-]?\d+)?$/i;

/** Names of passwords with a word behind, as in `MYSQL_PASSWORD_REPORTS`; but for what is about them, as `PASSWORD_FILE`. */
const passwordOf =
  /(^|[_.-])(passwd|password|passphrase|secret_?key)s?[_.-](?!(.*[_.-])?(age|algorithm|arn|auth|change|column|command|complexity|days|enabled|encoder|expir\w*|field|file|folder|form|grant|hash\w*|header|history|hours|id|length|lifetime|link|login|manager|max|min|name|parameter|path|policy|prefix|recovery|required|reset|rotation|seconds|store|support|template|timeout|ttl|type|url|valid\w*|version)s?([_.-]|$))/i;

/**
 * Whether a value is a secret by its form, whatever it is called.
 * @param isProse whether people's own words may be of the form of AWS's keys or of headers, as cost centres are
 */
export function looksLikeSecret(value: unknown, isProse = false): boolean {
  if (typeof value !== "string") {
    return false;
  }
  const text = value.replaceAll(expressions, "<>");
  const within = isProse ? [...urlForms, ...textForms] : [...urlForms, ...textForms, ...headerForms];
  return (
    knownForms.some((form) => form.test(value)) ||
    (awsSecretKey.test(value) && !(isProse && (value.match(words) ?? []).length <= 10)) ||
    within.some((form) => form.test(text))
  );
}

/** Whether what a name stands for would be a secret. */
export function namesSecret(name: string): boolean {
  // `clientSecret` and `CLIENT_SECRET` alike.
  const snake = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2");
  return (
    !nameOfPage.test(snake) &&
    (secretName.test(snake) || gluedName.test(snake) || keyName.test(snake) || passwordOf.test(snake))
  );
}
