import { spawn } from "node:child_process";
import { lookup } from "node:dns/promises";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { isIP } from "node:net";
import { checkServerIdentity, connect } from "node:tls";

/** A question that has no answer, in words for the operator. */
export class ProbeError extends Error {
  constructor(
    message: string,
    /** Why there is no answer: the connection was refused, the time was over, or the name does not exist. */
    readonly why: "refused" | "timed-out" | "unknown-name" | "other",
  ) {
    super(message);
    this.name = "ProbeError";
  }
}

/** A certificate as it was shown. */
export interface Certificate {
  readonly validTo: Date;
  /**
   * Why a browser would not accept it.
   * @default - it would
   */
  readonly problem?: string;
}

export interface Request {
  readonly url: string;
  /** Address to connect to in the place of the URL's host. */
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text of a form; the request is a POST then. */
  readonly form?: string;
  /** Whether any certificate will do. */
  readonly anyCertificate?: boolean;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What became of a command; its status is undefined where it was ended because of the time. */
export interface CommandResult {
  readonly status?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The ways to ask from this machine. All end after a time, and raise ProbeErrors alone. */
export interface Probes {
  /** IPv4 addresses of a host name. */
  addresses(host: string): Promise<readonly string[]>;
  certificate(host: string, port: number): Promise<Certificate>;
  /** Redirections are answers. */
  request(request: Request): Promise<Response>;
  /** Runs a command with a text at its standard input. */
  run(command: string, args: readonly string[], input?: string): Promise<CommandResult>;
}

/** How long each may take. */
interface Patience {
  /** Of a server, seconds. @default 8 */
  readonly timeout?: number;
  /** Of a command, seconds. @default 30, or four times `timeout` */
  readonly command?: number;
}

/** This machine's own network, `ssh` and `git`. */
export function systemProbes({ timeout = 8, command = Math.max(30, 4 * timeout) }: Patience = {}): Probes {
  const network = timeout * 1000;
  return {
    addresses: (host) => within(network, asProbe(lookup(host, { all: true, family: 4 }))).then(onlyAddresses),
    certificate: (host, port) => asProbe(certificate(host, port, network)),
    request: (request) => asProbe(send(request, network)),
    run: (name, args, input = "") => runCommand(name, args, input, command * 1000),
  };
}

function onlyAddresses(found: readonly { readonly address: string }[]): string[] {
  return found.map(({ address }) => address);
}

function certificate(host: string, port: number, patience: number): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const servername = isIP(host) ? undefined : host;
    // What is wrong with it is the answer, not an error.
    const socket = connect({ host, port, servername, rejectUnauthorized: false, timeout: patience }, () => {
      const shown = socket.getPeerCertificate();
      const problem = socket.authorized ? checkServerIdentity(host, shown)?.message : String(socket.authorizationError);
      resolve({ validTo: new Date(shown.valid_to), problem });
      socket.destroy();
    });
    socket.on("timeout", () => socket.destroy(late(patience)));
    socket.on("error", reject);
  });
}

function send({ url, address, headers, form, anyCertificate }: Request, patience: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { protocol, hostname, port, pathname, search, host } = new URL(url);
    const options = {
      host: address ?? hostname,
      port: port || (protocol === "https:" ? 443 : 80),
      path: `${pathname}${search}`,
      method: form === undefined ? "GET" : "POST",
      headers: { Host: host, ...(form !== undefined && { "Content-Type": formType }), ...headers },
      agent: false as const,
      signal: AbortSignal.timeout(patience),
    };
    const servername = isIP(hostname) ? "" : hostname;
    const sent =
      protocol === "https:"
        ? tlsRequest({ ...options, servername, rejectUnauthorized: !anyCertificate })
        : plainRequest(options);
    sent.on("error", (error) => reject(error.name === "AbortError" ? late(patience) : error));
    sent.on("response", (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
      sent.destroy();
    });
    sent.end(form);
  });
}

const formType = "application/x-www-form-urlencoded";

function runCommand(name: string, args: readonly string[], input: string, patience: number): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      LC_ALL: "C",
      GIT_TERMINAL_PROMPT: "0",
      GIT_SSH_COMMAND: `ssh ${sshOptions.join(" ")}`,
      SSH_ASKPASS_REQUIRE: "never",
    };
    // In a session of its own it has no terminal, and nothing that it starts can ask for anything.
    const child = spawn(name, args, { env, detached: true });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (output.stderr += text));
    // One that ends before it has read its input says so by its status.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const timer = setTimeout(() => process.kill(-(child.pid as number), "SIGKILL"), patience);
    child.on("error", () => {
      clearTimeout(timer);
      reject(new ProbeError(`\`${name}\` is not on the PATH`, "other"));
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? undefined, ...output });
    });
  });
}

/** SSH asks for nothing, and ends by itself where there is no answer. */
export const sshOptions = ["-o BatchMode=yes", "-o ConnectTimeout=10", "-o ConnectionAttempts=1"];

function late(patience: number): Error {
  return Object.assign(new Error(`nothing came within ${patience / 1000} s`), { code: "ETIMEDOUT" });
}

async function within<T>(patience: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProbeError(late(patience).message, "timed-out")), patience);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

const reasons: Readonly<Record<string, ProbeError["why"]>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed-out",
  EHOSTUNREACH: "timed-out",
  ENETUNREACH: "timed-out",
  ENOTFOUND: "unknown-name",
  ENODATA: "unknown-name",
};

async function asProbe<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new ProbeError(message === "" ? code : message, reasons[code] ?? "other");
  }
}
