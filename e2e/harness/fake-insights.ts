import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as plainServer, type RequestListener, type Server } from "node:http";
import { createServer as tlsServer } from "node:https";
import { join } from "node:path";
import { freePort } from "./world";

/** What the servers say; a test changes it. */
export interface Said {
  /** 0 for no answer at all. */
  health: number;
  /** Client that Insights sends browsers to the LMS with. */
  loginClient: string;
  oauth: number;
  token: number;
  apiWithout: number;
  apiWith: number;
  jenkins: number;
}

/** Servers that answer as an installed Insights, its Analytics API, Jenkins and the LMS would, on addresses of this machine. */
export class FakeInsights {
  readonly said: Said = {
    health: 200,
    loginClient: "insights-sso",
    oauth: 405,
    token: 200,
    apiWithout: 401,
    apiWith: 200,
    jenkins: 200,
  };
  /** In the place of the Elastic IP: an address of this machine that nothing else listens on. */
  readonly address = "127.0.0.77";
  private readonly servers: Server[] = [];
  private webPort = 0;
  private hostPort = 0;

  /** @param folder where certificates, repositories and the fake `ssh` are made */
  constructor(
    readonly folder: string,
    private readonly token: string,
    private readonly clientSecret: string,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** The certificate authority that the servers' certificate is of. */
  get authority(): string {
    return join(this.folder, "ca.pem");
  }

  get insightsUrl(): string {
    return `https://${this.address}:${this.webPort}`;
  }

  get lmsUrl(): string {
    return `https://localhost:${this.webPort}`;
  }

  /** What the fake `ssh` was called with, a line each. */
  get sshCalls(): string[] {
    return readFileSync(join(this.folder, "ssh.log"), "utf8").trim().split("\n");
  }

  async start(): Promise<void> {
    this.certificate(90);
    this.webPort = await freePort();
    this.hostPort = await freePort();
    await this.listen(tlsServer(this.keys(), this.web), this.webPort);
    await this.listen(plainServer(this.host), this.hostPort, "127.0.0.1");
    this.fakeSsh();
  }

  /** Has the web server show a certificate of so many days from now on. */
  renew(days: number): void {
    this.certificate(days);
    (this.servers[0] as ReturnType<typeof tlsServer>).setSecureContext(this.keys());
  }

  /** Jenkins answers at a port of the Elastic IP, until the returned function is called. */
  async openJenkins(port: number): Promise<() => void> {
    const server = await this.listen(
      plainServer((_, response) => response.writeHead(200, { "X-Jenkins": "2.176.4" }).end()),
      port,
    );
    return () => server.close();
  }

  /** A folder of bare repositories, which git finds in the place of a host. */
  repositories(versions: Readonly<Record<string, string>>): void {
    for (const [name, version] of Object.entries(versions)) {
      const folder = join(this.folder, "git", name);
      const git = (...args: string[]) => {
        const { status, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
        if (status !== 0) {
          throw new Error(`git ${args.join(" ")}: ${stderr}`);
        }
      };
      mkdirSync(folder, { recursive: true });
      git("init", "--quiet", "--bare");
      const tree = spawnSync("git", ["-C", folder, "mktree"], { input: "", encoding: "utf8" }).stdout.trim();
      const author = ["-c", "user.name=e2e", "-c", "user.email=e2e@example.org"];
      const commit = spawnSync("git", ["-C", folder, ...author, "commit-tree", "-m", "first", tree], {
        encoding: "utf8",
      });
      git("update-ref", `refs/heads/${version}`, commit.stdout.trim());
    }
  }

  /** The environment that makes the repositories, the fake `ssh` and the certificate authority known. */
  environment(): Record<string, string> {
    return {
      PATH: `${join(this.folder, "bin")}:${process.env.PATH}`,
      NODE_EXTRA_CA_CERTS: this.authority,
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: `url.${join(this.folder, "git")}/.insteadOf`,
      GIT_CONFIG_VALUE_0: "https://github.com/edx/",
      GIT_CONFIG_KEY_1: `url.${join(this.folder, "git")}/.insteadOf`,
      GIT_CONFIG_VALUE_1: "https://git.example.org/",
    };
  }

  stop(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  private readonly web: RequestListener = (request, response) => {
    const { url = "", method } = request;
    let form = "";
    request.on("data", (part) => (form += part));
    request.on("end", () => {
      if (url === "/health/") {
        if (this.said.health > 0) {
          response.writeHead(this.said.health).end();
        }
      } else if (url === "/login/edx-oauth2/") {
        const query = new URLSearchParams({
          client_id: this.said.loginClient,
          redirect_uri: `${this.insightsUrl}/complete/edx-oauth2/?redirect_state=state`,
        });
        response.writeHead(302, { Location: `${this.lmsUrl}/oauth2/authorize?${query}` }).end();
      } else if (url === "/oauth2/access_token/") {
        const secret = new URLSearchParams(form).get("client_secret");
        const asked = secret === this.clientSecret ? this.said.token : 401;
        response.writeHead(method === "POST" ? asked : this.said.oauth).end();
      } else {
        response.writeHead(404).end();
      }
    });
  };

  /** What listens on the host itself: gunicorn's API, and Jenkins. */
  private readonly host: RequestListener = ({ url, headers }, response) => {
    const isKnown = headers.authorization === `Token ${this.token}`;
    const status = url === "/authenticated/" ? (isKnown ? this.said.apiWith : this.said.apiWithout) : this.said.jenkins;
    response.writeHead(status).end();
  };

  private async listen<S extends Server>(server: S, port: number, address?: string): Promise<S> {
    await new Promise<void>((resolve, reject) => {
      server.on("error", reject);
      server.listen(port, address ?? (port === this.webPort ? "0.0.0.0" : this.address), resolve);
    });
    this.servers.push(server);
    return server;
  }

  private keys() {
    return { key: readFileSync(join(this.folder, "key.pem")), cert: readFileSync(join(this.folder, "cert.pem")) };
  }

  private certificate(days: number): void {
    const script = `set -e; cd '${this.folder}'
      [ -e ca.pem ] || openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 100 -subj /CN=e2e 2>/dev/null
      openssl req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=insights 2>/dev/null
      printf 'subjectAltName=IP:${this.address},DNS:localhost' > names
      openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days ${days} -extfile names 2>/dev/null`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    if (status !== 0) {
      throw new Error(`openssl made no certificate: ${stderr}`);
    }
  }

  /**
   * Runs what it is told on this machine, with the ports of the fake servers, after the real `ssh` has agreed to its options; a file
   * `ssh.refuses` makes it fail as SSH does. No sshd lets `ubuntu` in here.
   */
  private fakeSsh(): void {
    const bin = join(this.folder, "bin");
    mkdirSync(bin, { recursive: true });
    const real = spawnSync("bash", ["-c", "command -v ssh"], { encoding: "utf8" }).stdout.trim();
    writeFileSync(
      join(bin, "ssh"),
      `#!/usr/bin/env bash
printf '%s\\n' "$*" >> '${this.folder}/ssh.log'
'${real}' -G "\${@:1:$#-1}" > /dev/null || exit 255
if [ -e '${this.folder}/ssh.refuses' ]; then echo 'Host key verification failed.' >&2; exit 255; fi
command="\${@: -1}"
command="\${command//127.0.0.1:8100/127.0.0.1:${this.hostPort}}"
command="\${command//127.0.0.1:8080/127.0.0.1:${this.hostPort}}"
bash -c "$command" < <(sed 's/127.0.0.1:8100/127.0.0.1:${this.hostPort}/')
`,
    );
    chmodSync(join(bin, "ssh"), 0o755);
  }
}
