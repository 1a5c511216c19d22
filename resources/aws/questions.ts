import { AwsError } from "./errors";

/** Who asks AWS, and for which account. */
export interface Asker {
  /** Client or stack that the questions are about. */
  readonly name: string;
  /** Account whose credentials are wanted. */
  readonly accountId: string;
  /**
   * ARN of the role that is assumed.
   * @default - the operator's own credentials
   */
  readonly deployRoleArn?: string;
}

/** Questions to AWS: each is put once, and an error says what was asked, for whom, and what to do. */
export class Questions {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(private readonly asker: Asker) {}

  /**
   * The answer to a question, however often it is put.
   * @param action IAM action that the question needs
   * @param subject what is asked about, which tells questions of the same action apart
   */
  ask<T>(action: string, subject: string, answer: () => Promise<T>): Promise<T> {
    const question = `${action} ${subject}`;
    const known = this.answers.get(question) ?? this.send(action, answer);
    this.answers.set(question, known);
    return known as Promise<T>;
  }

  /** As `ask`, and undefined where AWS says that there is none. */
  async find<T>(action: string, subject: string, answer: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.ask(action, subject, answer);
    } catch (error) {
      if (error instanceof AwsError && error.absent) {
        return undefined;
      }
      throw error;
    }
  }

  /** A call that changes something, or whose answer may change: it is made each time. */
  async send<T>(action: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw error instanceof AwsError ? error : new AwsError(this.asker, action, error);
    }
  }
}

/**
 * Everything on the pages of one of the AWS SDK's paginators; a page may be empty, and others follow it.
 * @param items what is wanted of a page
 */
export async function pages<P, T>(all: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const page of all) {
    found.push(...(items(page) ?? []));
  }
  return found;
}
