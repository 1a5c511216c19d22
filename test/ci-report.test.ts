import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = join(__dirname, "..", ".ci", "report");
const api = "https://git.example.org/api";

/** What a git host has, by path, and what it was told to change. */
let answers: Record<string, unknown>;
let changes: string[];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-report-"));
  mkdirSync(join(folder, "plan-result"));
  writeFileSync(join(folder, "plan-result", "summary.md"), "### Plan of `acme`");
});

afterAll(() => rmSync(folder, { recursive: true }));

const { env, exitCode } = process;
const cwd = process.cwd();

beforeEach(() => {
  answers = {};
  changes = [];
  jest.spyOn(globalThis, "fetch").mockImplementation(async (url, { method, body } = {}) => {
    const path = String(url).replace(api, "");
    if (method !== "GET") {
      changes.push(`${method} ${path} ${body}`);
    }
    const answer = method === "GET" ? answers[path.replace(/[?&]per_page=100&page=1$/, "")] : {};
    return new Response(JSON.stringify(answer ?? { message: "Not Found" }), {
      status: answer === undefined ? 404 : 200,
    });
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(cwd);
  process.env = env;
  process.exitCode = exitCode;
});

type Host = "github" | "gitlab";
type Mode = "plan" | "drift";

async function report(host: Host, mode: Mode, differs = true): Promise<void> {
  writeFileSync(join(folder, "plan-result", "result.env"), `CHANGES=${differs}\nPLAN_SHA256=\n`);
  await run(host, mode);
}

/** Reports a plan that failed, with what it said; undefined for a job that ended before. */
async function reportFailure(host: Host, mode: Mode, said: string | undefined, more: Record<string, string> = {}) {
  const errors = join(folder, "plan-result", "errors.txt");
  rmSync(join(folder, "plan-result", "result.env"), { force: true });
  rmSync(errors, { force: true });
  if (said !== undefined) {
    writeFileSync(errors, said);
  }
  await run(host, mode, more);
  return changes.join("\n");
}

/** Runs the script in this process, in the folder and with the environment of a job; fails with what it says. */
async function run(host: Host, mode: Mode, more: Record<string, string> = {}): Promise<void> {
  const common = { ...more, STACK: "acme", MODE: mode, REQUEST: "7", FOOTER: "Of commit 1a2b." };
  const said = jest.spyOn(console, "error").mockImplementation();
  process.chdir(folder);
  process.env =
    host === "github"
      ? { ...common, GITHUB_API_URL: api, GITHUB_REPOSITORY: "acme/infrastructure", GH_TOKEN: "token" }
      : { ...common, CI_API_V4_URL: api, CI_PROJECT_ID: "5", PLAN_COMMENT_TOKEN: "token" };
  delete require.cache[script];
  await require(script);
  if (process.exitCode === 1) {
    throw new Error(said.mock.lastCall?.join(" "));
  }
}

const text = (mode: string) => `<!-- ${mode} of acme -->\\n### Plan of \`acme\`\\nOf commit 1a2b.\\n`;
const bot = { user: { login: "github-actions[bot]" } };
const repo = "/repos/acme/infrastructure";
const project = "/projects/5";

describe(".ci/report on GitHub", () => {
  it("comments on a pull request", async () => {
    answers[`${repo}/issues/7/comments`] = [];
    await report("github", "plan");

    expect(changes).toEqual([`POST ${repo}/issues/7/comments {"body":"${text("plan")}"}`]);
  });

  it("edits its own comment of the stack, and no other's that looks so", async () => {
    answers[`${repo}/issues/7/comments`] = [
      { id: 1, user: { login: "mallory" }, body: "<!-- plan of acme -->" },
      { id: 2, ...bot, body: "<!-- plan of acme-databases -->" },
      { id: 3, ...bot, body: "<!-- plan of acme -->\nformer" },
    ];
    await report("github", "plan");

    expect(changes).toEqual([`PATCH ${repo}/issues/comments/3 {"body":"${text("plan")}"}`]);
  });

  it("opens an issue for a stack that drifts, and has one at most", async () => {
    answers[`${repo}/issues?state=open`] = [{ number: 1, ...bot, body: "<!-- drift of other -->" }];
    await report("github", "drift");
    answers[`${repo}/issues?state=open`] = [
      { number: 2, ...bot, body: "<!-- drift of acme -->", pull_request: {} },
      { number: 3, ...bot, body: "<!-- drift of acme -->" },
    ];
    await report("github", "drift");

    expect(changes).toEqual([
      `POST ${repo}/issues {"title":"Drift: acme","body":"${text("drift")}"}`,
      `PATCH ${repo}/issues/3 {"body":"${text("drift")}"}`,
    ]);
  });

  it("closes the issue once nothing differs, and says so; without one it is silent", async () => {
    answers[`${repo}/issues?state=open`] = [];
    await report("github", "drift", false);
    expect(changes).toEqual([]);

    answers[`${repo}/issues?state=open`] = [{ number: 3, ...bot, body: "<!-- drift of acme -->" }];
    await report("github", "drift", false);
    expect(changes).toEqual([
      `POST ${repo}/issues/3/comments {"body":"AWS holds what the file says again. Of commit 1a2b."}`,
      `PATCH ${repo}/issues/3 {"state":"closed"}`,
    ]);
  });

  it("reads all pages", async () => {
    const many = Array.from({ length: 100 }, (_, id) => ({ id, user: { login: "other" }, body: "" }));
    answers[`${repo}/issues/7/comments`] = many;
    answers[`${repo}/issues/7/comments?per_page=100&page=2`] = [{ id: 200, ...bot, body: "<!-- plan of acme -->" }];
    await report("github", "plan");

    expect(changes[0]).toContain(`PATCH ${repo}/issues/comments/200 `);
  });

  it("fails where the host refuses, and says what", async () => {
    await expect(report("github", "plan")).rejects.toThrow(
      'The plan of acme could not be reported: GET /issues/7/comments?per_page=100&page=1: 404 {"message":"Not Found"}',
    );
  });
});

describe(".ci/report on GitLab", () => {
  beforeEach(() => {
    answers["/user"] = { id: 11 };
  });

  it("edits its own note of the stack, and makes one where there is none", async () => {
    answers[`${project}/merge_requests/7/notes`] = [{ id: 1, author: { id: 12 }, body: "<!-- plan of acme -->" }];
    await report("gitlab", "plan");
    answers[`${project}/merge_requests/7/notes`] = [{ id: 2, author: { id: 11 }, body: "<!-- plan of acme -->" }];
    await report("gitlab", "plan");

    expect(changes).toEqual([
      `POST ${project}/merge_requests/7/notes {"body":"${text("plan")}"}`,
      `PUT ${project}/merge_requests/7/notes/2 {"body":"${text("plan")}"}`,
    ]);
  });

  it("opens, updates and closes one issue for a stack that drifts", async () => {
    const path = `${project}/issues?state=opened&scope=all`;
    answers[path] = [];
    await report("gitlab", "drift");
    answers[path] = [{ iid: 4, author: { id: 11 }, description: "<!-- drift of acme -->" }];
    await report("gitlab", "drift");
    await report("gitlab", "drift", false);

    expect(changes).toEqual([
      `POST ${project}/issues {"title":"Drift: acme","description":"${text("drift")}"}`,
      `PUT ${project}/issues/4 {"description":"${text("drift")}"}`,
      `POST ${project}/issues/4/notes {"body":"AWS holds what the file says again. Of commit 1a2b."}`,
      `PUT ${project}/issues/4 {"state_event":"close"}`,
    ]);
  });
});

describe(".ci/report of a plan that failed", () => {
  const failed = (mode: Mode, said: string) =>
    `<!-- ${mode} of acme -->\\n### acme could not be planned\\n\\nNothing is known of what differs.\\n\\n${said}\\nOf commit 1a2b.\\n`;
  const said = (text: string) => `\`\`\`text\\n${text}\\n\`\`\``;

  beforeEach(() => {
    answers["/user"] = { id: 11 };
    answers[`${repo}/issues/7/comments`] = [];
    answers[`${repo}/issues?state=open`] = [{ number: 3, ...bot, body: "<!-- drift of acme -->" }];
    answers[`${project}/merge_requests/7/notes`] = [];
    answers[`${project}/issues?state=opened&scope=all`] = [];
  });

  it.each<Host>(["github", "gitlab"])(
    "shows on %s how far a plan came that broke off, with its alarm",
    async (host) => {
      const summary = join(folder, "plan-result", "summary.md");
      const former = readFileSync(summary, "utf8");
      writeFileSync(
        summary,
        "### Plan of `acme` (123456789012, eu-west-1): incomplete, 1 to destroy\n\n> - **Incomplete:** planning broke off",
      );
      const reported = await reportFailure(host, "plan", "Error: no such image");
      writeFileSync(summary, former);

      expect(reported).toContain("could not be planned\\n\\nIt broke off. What was planned until then is below");
      expect(reported).toMatch(/no such image.*1 to destroy.*\*\*Incomplete:\*\* planning broke off/);
    },
  );

  it.each<[Host, Mode, string, string]>([
    ["github", "plan", `POST ${repo}/issues/7/comments`, "body"],
    ["gitlab", "plan", `POST ${project}/merge_requests/7/notes`, "body"],
  ])("comments on %s in the mode %s, with what was said", async (host, mode, call, field) => {
    expect(await reportFailure(host, mode, "acme: 1 provider not in its lock file\n")).toBe(
      `${call} {"${field}":"${failed(mode, said("acme: 1 provider not in its lock file"))}"}`,
    );
  });

  it("keeps the issue of drift open, or opens one: the summary of an earlier plan says nothing of now", async () => {
    expect(await reportFailure("github", "drift", "refused")).toBe(
      `PATCH ${repo}/issues/3 {"body":"${failed("drift", said("refused"))}"}`,
    );
    changes = [];
    expect(await reportFailure("gitlab", "drift", "refused")).toBe(
      `POST ${project}/issues {"title":"Drift: acme","description":"${failed("drift", said("refused"))}"}`,
    );
  });

  it.each([undefined, ""])("says where to look if the plan said nothing: %j", async (nothing) => {
    expect(await reportFailure("github", "plan", nothing)).toContain(
      failed("plan", "The job ended before the plan; its log says why."),
    );
  });

  it("lets nothing that was said out of its fence, and cuts it", async () => {
    expect(await reportFailure("github", "plan", "```\n@all")).toContain("````text\\n```\\n@all\\n````");
    expect((await reportFailure("github", "drift", "x".repeat(1e6))).length).toBeLessThan(50_000);
  });

  const token = "a-token-of-the-job";
  it.each([
    ["a credential of the job", token, "refused ***"],
    ["an access key", "AKIAIOSFODNN7EXAMPLE", "refused ***"],
    ["a JSON Web Token", "eyJhbGciOi.eyJzdWIiOi.c2ln-x_", "refused ***"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "refused ***"],
    ["a URL's password", "https://root:p@ss/word@example.com/", "refused https://***@example.com/"],
    ["a MySQL login", "root:p@ss:w/ord@tcp(db:3306)/", "refused root:***@tcp(db:3306)/"],
    [
      "a signed URL",
      "https://b.example/k?X-Amz-Signature=1a2b&x=y",
      "refused https://b.example/k?X-Amz-Signature=***&x=y",
    ],
    ["a password in JSON", '"master_password": "one two"', 'refused \\"master_password\\": ***'],
    ["a password in HCL", "password = one two", "refused password = ***"],
  ])("shows not %s", async (_, secret, shown) => {
    const reported = await reportFailure("github", "plan", `refused ${secret}`, { PLAN_COMMENT_TOKEN: token });

    expect(reported).toContain(said(shown));
  });

  it("shows what explains", async () => {
    const text = "ExpiredToken: The security token included in the request is expired: arn:aws:iam::1:user/a@b.example";

    expect(await reportFailure("github", "plan", text)).toContain(said(text));
  });
});
