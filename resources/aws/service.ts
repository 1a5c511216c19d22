import { type Asker, AwsError } from "./errors";

/** A question, by what it is asked about. */
type Question<A extends readonly unknown[], T> = (...given: A) => Promise<T>;

/**
 * A service of AWS, whose questions are made by the methods below: each is put once for the same thing, whatever comes of
 * it, and an error says what was asked, for whom, and what to do. The first argument is the IAM action that it needs.
 */
export abstract class Service<C> {
  constructor(
    protected readonly client: C,
    protected readonly asker: Asker,
  ) {}

  /** Asks for what there always is. */
  protected ask<A extends readonly unknown[], T>(action: string, answer: Question<A, T>): Question<A, T> {
    const answers = new Map<string, Promise<T>>();
    const asked = this.call(action, answer);
    return (...given) => {
      const subject = JSON.stringify(given);
      const known = answers.get(subject) ?? asked(...given);
      answers.set(subject, known);
      return known;
    };
  }

  /** Asks for what may not exist; undefined where AWS says so. */
  protected find<A extends readonly unknown[], T>(action: string, answer: Question<A, T>): Question<A, T | undefined> {
    return orNone(this.ask(action, answer), undefined);
  }

  /**
   * Asks for everything on the pages of one of the SDK's paginators; nothing where AWS says that there is no such thing.
   * @param key what a page has its items under
   */
  protected list<A extends readonly unknown[], K extends string, T>(
    action: string,
    key: K,
    pages: (...given: A) => AsyncIterable<{ readonly [name in K]?: readonly T[] | undefined }>,
  ): Question<A, readonly T[]> {
    const all = this.ask(action, async (...given: A): Promise<readonly T[]> => {
      const found: T[] = [];
      // A page may be empty, and others follow it.
      for await (const page of pages(...given)) {
        found.push(...(page[key] ?? []));
      }
      return found;
    });
    return orNone(all, []);
  }

  /** A call that changes something, or whose answer may change: it is made each time. */
  protected call<A extends readonly unknown[], T>(action: string, answer: Question<A, T>): Question<A, T> {
    return async (...given) => {
      try {
        return await answer(...given);
      } catch (error) {
        throw new AwsError(this.asker, action, error);
      }
    };
  }
}

function orNone<A extends readonly unknown[], T, N>(question: Question<A, T>, none: N): Question<A, T | N> {
  return async (...given) => {
    try {
      return await question(...given);
    } catch (error) {
      if (error instanceof AwsError && error.absent) {
        return none;
      }
      throw error;
    }
  };
}
