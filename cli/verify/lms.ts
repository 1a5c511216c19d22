import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, missingField, unasked, type VerifyContext } from "./context";

/** The LMS, which users log in to Insights through. */
export async function* lmsFindings(context: VerifyContext): AsyncGenerator<Finding> {
  const { lmsUrl, oauth2 } = context.sources.config;
  if (lmsUrl === undefined) {
    yield { subject: "LMS", ...missingField(context, "lmsUrl") };
    return;
  }
  const url = `${lmsUrl}/oauth2/access_token/`;
  yield await ask(`OAuth of ${new URL(lmsUrl).host}`, () => endpointAnswer(context, url));
  // Older releases call the LMS with the tokens of those who log in.
  if (context.tools.oauthCommand === "create_dot_application") {
    const id = oauth2?.backendKey;
    yield id === undefined
      ? { subject: "OAuth client", ...missingField(context, "oauth2.backendKey") }
      : await ask(`OAuth client ${id}`, () => clientAnswer(context, url, id));
  }
}

/** A request without a client is refused, by whoever gives out tokens. */
async function endpointAnswer({ probes }: VerifyContext, url: string): Promise<Answer> {
  const { status, headers } = await probes.request({ url });
  if (status >= 300 && status < 400) {
    return warning(`leads to ${headers.location}. Write that address into \`configurationFiles.lmsUrl\`.`);
  }
  return status === 404 || status >= 500
    ? refused(`answers ${url} with ${status}. Set FEATURES["ENABLE_OAUTH2_PROVIDER"] to true in the LMS.`)
    : ok(`answers, with ${status} to a request without a client`);
}

/** Insights' own client gets a token, with the secret that SSM has. */
async function clientAnswer(context: VerifyContext, url: string, id: string): Promise<Answer> {
  if (!url.startsWith("https:")) {
    return unasked("the LMS has no TLS, and a secret is not sent in clear.");
  }
  const secret = context.secret("backendOauth2Secret");
  if ("why" in secret) {
    return unasked(secret.why);
  }
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: id,
    client_secret: secret.text,
    token_type: "jwt",
  });
  const { status } = await context.probes.request({ url, form: form.toString() });
  return status === 200
    ? ok("gets a token")
    : refused(`gets ${status} in the place of a token. Make it as RUN.md says, with the secret that SSM has.`);
}
