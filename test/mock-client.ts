import { isDeepStrictEqual } from "node:util";

/** A command of the SDK's with its input, and in its types its output. */
interface Command<I, O> {
  readonly input: I;
  resolveMiddleware(...given: never): (given: never) => Promise<{ readonly output: O }>;
}

/** A class of commands. */
export type CommandClass<I, O> = new (input: I) => Command<I, O>;

/** What is said to a command; an error that it throws is AWS's. */
export type Answer<I, O> = (input: I, command: object) => Partial<O> | undefined;

/** A client's class of the SDK's. */
interface ClientClass {
  readonly prototype: { send: unknown };
}

interface Rule {
  readonly matches: (command: Command<unknown, unknown>) => boolean;
  readonly answer: Answer<unknown, object>;
}

/** Takes the place of `send` for all clients of a class, until the end of the test file; to be called at its top level. */
export function mockClient({ prototype }: ClientClass): MockedClient {
  const own = Object.getOwnPropertyDescriptor(prototype, "send");
  const mocked = new MockedClient();
  prototype.send = (command: Command<unknown, unknown>) => mocked.send(command);
  afterAll(() => {
    if (own === undefined) {
      Reflect.deleteProperty(prototype, "send");
    } else {
      Object.defineProperty(prototype, "send", own);
    }
  });
  return mocked;
}

/** What a class of clients answers, and what it was asked. */
export class MockedClient {
  #rules: Rule[] = [];
  #sent: Command<unknown, unknown>[] = [];

  /**
   * Answers a class of commands; what is said last comes first.
   * @param input what the commands have in their input
   * @default - any input
   */
  on<I, O>(type: CommandClass<I, O>, input?: Partial<I>): Answering<O> {
    return this.#when((command) => command instanceof type && has(command.input, input ?? {}));
  }

  /** Answers all, but for what is said later. */
  onAnyCommand(): Answering<object> {
    return this.#when(() => true);
  }

  /** Fails everything that nothing is said of later. */
  rejects(error: Error): this {
    this.onAnyCommand().rejects(error);
    return this;
  }

  /** What was asked since the last reset, of all commands. */
  calls(): { readonly args: readonly [Command<unknown, unknown>] }[] {
    return this.#sent.map((command) => ({ args: [command] }));
  }

  /** What was asked since the last reset, of a class of commands. */
  commandCalls<I, O>(type: CommandClass<I, O>, input?: Partial<I>): { readonly args: readonly [Command<I, O>] }[] {
    return this.#sent
      .filter((command): command is Command<I, O> => command instanceof type && has(command.input, input ?? {}))
      .map((command) => ({ args: [command] }));
  }

  /** Forgets what to answer, and what was asked. */
  reset(): void {
    this.#rules = [];
    this.#sent = [];
  }

  async send(command: Command<unknown, unknown>): Promise<unknown> {
    this.#sent.push(command);
    const rule = this.#rules.find(({ matches }) => matches(command));
    return rule?.answer(command.input, command);
  }

  #when<O>(matches: Rule["matches"]): Answering<O> {
    const add = (answer: Rule["answer"]) => {
      this.#rules.unshift({ matches, answer });
      return this;
    };
    return {
      resolves: (output) => add(() => output as object),
      rejects: (error) =>
        add(() => {
          throw error;
        }),
      callsFake: add,
    };
  }
}

/** Says what the answer is. */
interface Answering<O> {
  resolves(output: Partial<O>): MockedClient;
  rejects(error: Error): MockedClient;
  // biome-ignore lint/suspicious/noExplicitAny: which fields of the input are there, and of the output are read, the test knows.
  callsFake(answer: Answer<any, any>): MockedClient;
}

/** Whether an input has all that is wanted; lists in whole, objects in part. */
function has(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
    return isDeepStrictEqual(found, wanted);
  }
  return Object.entries(wanted).every(
    ([key, value]) =>
      typeof found === "object" && found !== null && has((found as Record<string, unknown>)[key], value),
  );
}
