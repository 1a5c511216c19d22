import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Whether a call is refused, by its method, path and body. */
export type Refusal = (call: { readonly method: string; readonly path: string; readonly body: string }) => boolean;

/** Stands before the emulator, and answers 503 to the calls that it is told to refuse, as AWS does on a bad day. */
export class FaultyCloud {
  private refusal: Refusal = () => false;

  private constructor(private readonly server: Server) {}

  static async before(endpoint: string): Promise<FaultyCloud> {
    const target = new URL(endpoint);
    const server = createServer();
    const cloud = new FaultyCloud(server);
    server.on("request", async (incoming, outgoing) => {
      const body = await read(incoming);
      const call = { method: incoming.method ?? "", path: incoming.url ?? "", body: body.toString("utf8") };
      if (cloud.refusal(call)) {
        outgoing.writeHead(503, { "content-type": "text/xml" });
        outgoing.end("<Error><Code>ServiceUnavailable</Code><Message>Try again later.</Message></Error>");
        return;
      }
      const { hostname, port } = target;
      const { method, url: path, headers } = incoming;
      const forwarded = request({ hostname, port, method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on("error", () => outgoing.destroy());
      forwarded.end(body);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    return cloud;
  }

  get endpoint(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on refuses these calls, and lets all others through. */
  refuse(refusal: Refusal): void {
    this.refusal = refusal;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
