import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

it(".ci/report is a program, which ends with status 1 and a line where the host refuses", async () => {
  const asked: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} ${headers.authorization}`);
    response.writeHead(403).end('{"message":"Forbidden"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const env = {
    PATH: process.env.PATH,
    STACK: "acme",
    MODE: "plan",
    REQUEST: "7",
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: "acme/infrastructure",
    GH_TOKEN: "token",
  };
  const script = join(__dirname, "..", ".ci", "report");
  const ended = promisify(execFile)(script, { cwd: tmpdir(), env }).finally(() => server.close());

  await expect(ended).rejects.toMatchObject({
    code: 1,
    stderr:
      'The plan of acme could not be reported: GET /issues/7/comments?per_page=100&page=1: 403 {"message":"Forbidden"}\n',
  });
  expect(asked).toEqual(["GET /repos/acme/infrastructure/issues/7/comments?per_page=100&page=1 Bearer token"]);
});
