import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, sentence, unasked, type VerifyContext } from "./context";
import { sshOptions } from "./probes";

/** What only the director reaches: the Analytics API, as Insights calls it, and Jenkins. */
export async function* directorFindings(context: VerifyContext): AsyncGenerator<Finding> {
  const { insights, api, jenkins } = context.sources.hosts;
  // On one host Insights calls gunicorn by itself, as the role has it; on two it calls the other's nginx.
  const url = `http://${insights === api ? "127.0.0.1:8100" : api}/authenticated/`;
  const token = context.secret("apiAuthToken");
  yield await ask("Analytics API without the token", () =>
    overSsh(context, insights, curl(url), "", (status) =>
      status === "401" || status === "403"
        ? ok(`refuses, with ${status}`)
        : refused(`answers ${url} with ${status}; 401 is right. ${inLog("analytics-api", api)}`),
    ),
  );
  yield await ask("Analytics API with the token", async () =>
    "why" in token
      ? unasked(token.why)
      : overSsh(context, insights, "curl -K -", config(url, token.text), (status) =>
          status === "200"
            ? ok("answers")
            : refused(
                `answers ${url} with ${status}; 200 is right. Run analyticsapi.yml again. ${inLog("analytics-api", api)}`,
              ),
        ),
  );
  yield await ask("Jenkins", () =>
    overSsh(context, jenkins, curl("http://127.0.0.1:8080/login"), "", (status) =>
      status === "200" || status === "403"
        ? ok("answers on its host")
        : refused(`answers with ${status} on ${jenkins}. See \`systemctl status jenkins\` there.`),
    ),
  );
}

const inLog = (service: string, host: string) => `See /edx/var/log/${service}/edx.log on ${host}.`;

const silent = ["silent", "show-error", 'output = "/dev/null"', "max-time = 10", 'write-out = "%{http_code}"'];

/** A request that prints its status. */
function curl(url: string): string {
  return `curl -sS -o /dev/null -m 10 -w '%{http_code}' ${url}`;
}

/** The same with the token, from standard input: `ps` shows command lines to everybody on the host. */
function config(url: string, token: string): string {
  const header = `Authorization: Token ${token}`.replaceAll(/["\\]/g, "\\$&");
  return [...silent, `url = "${url}"`, `header = "${header}"`, ""].join("\n");
}

/** Of a connection through the director that has no address of its own, OpenSSH says no more than that it ended. */
const ofTheWay = /UNKNOWN port|banner exchange|kex_exchange_identification|stdio forwarding failed/;

/** The last line of ssh's that says why. */
function reasonOf(stderr: string): string | undefined {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !ofTheWay.test(line)).at(-1);
}

function unreached(director: string, host: string): string {
  return `the director, ${director}, does not answer, or does not reach ${host}`;
}

/**
 * Runs a command on a host, through the director, with the operator's own `ssh`: its agent and ~/.ssh/config have the keys.
 * @param judge what the command's output means
 */
async function overSsh(
  { sources, director, probes }: VerifyContext,
  host: string,
  command: string,
  input: string,
  judge: (output: string) => Answer,
): Promise<Answer> {
  if (director === undefined) {
    return unasked(
      `the director exists outside of the stack. Name it: \`npx edx-analytics verify ${sources.client.name} --director ADDRESS\`.`,
    );
  }
  const options = sshOptions.flatMap((option) => option.split(" "));
  const jump = ["-J", `ubuntu@${director}`];
  const { status, stdout, stderr } = await probes.run("ssh", [...options, ...jump, `ubuntu@${host}`, command], input);
  const said = stderr.trim().split("\n").at(-1) ?? "";
  if (status === undefined || status === 255) {
    const why = status === undefined ? "ssh did not end" : (reasonOf(stderr) ?? unreached(director, host));
    return unasked(
      `${sentence(why)} Your ssh agent needs the keys of director and hosts (\`ssh-add\`), and known_hosts both. Try \`ssh ${jump.join(" ")} ubuntu@${host}\`.`,
    );
  }
  return status === 0
    ? judge(stdout.trim())
    : refused(`does not answer on ${host}: ${sentence(said || `status ${status}`)}`);
}
