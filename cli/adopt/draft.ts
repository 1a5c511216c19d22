import { isDeepStrictEqual } from "node:util";

/** A field of the client file, so that the first plan leaves what is there as it is. */
export interface Suggestion {
  /** Dotted path, as in `hosts.iterations.3.instanceType`. */
  readonly path: string;
  readonly value: unknown;
  /** What in AWS it comes from, and, where it cannot be otherwise, why. */
  readonly why: string;
}

/** A field that the client file sets to something else than AWS has, and that AWS can change. */
export interface Difference {
  readonly path: string;
  readonly inFile: unknown;
  readonly inAws: unknown;
}

type Fields = Record<string, unknown>;

/** A client file that is being completed from what AWS has; the file itself is not written to. */
export class Draft {
  /** The file with all suggestions in it. */
  readonly completed: Fields;
  readonly suggestions: Suggestion[] = [];
  readonly differences: Difference[] = [];

  constructor(private readonly file: Readonly<Fields>) {
    this.completed = structuredClone(file) as Fields;
  }

  /** What the file, completed so far, says at a path. */
  at(path: string): unknown {
    return valueAt(this.completed, path);
  }

  /** Sets a field that the file does not have. */
  complete(path: string, value: unknown, why: string): void {
    if (this.at(path) === undefined) {
      this.add({ path, value, why });
    }
  }

  /**
   * Compares what the file, with its defaults, comes to with what AWS has. A field that the file sets itself is what its
   * author wants, and stays, unless AWS cannot change the thing.
   * @param fixed why AWS cannot change it without making another one
   */
  compare(path: string, inFile: unknown, inAws: unknown, why: string, fixed?: string): void {
    if (inAws === undefined || isDeepStrictEqual(inFile, inAws)) {
      return;
    }
    if (fixed === undefined && valueAt(this.file, path) !== undefined) {
      this.differences.push({ path, inFile, inAws });
    } else {
      this.add({ path, value: inAws, why: fixed === undefined ? why : `${why}; ${fixed}` });
    }
  }

  private add(suggestion: Suggestion): void {
    this.suggestions.push(suggestion);
    const keys = suggestion.path.split(".");
    const last = keys.pop() as string;
    let place = this.completed;
    for (const key of keys) {
      place[key] ??= {};
      place = place[key] as Fields;
    }
    place[last] = suggestion.value;
  }
}

function valueAt(fields: Readonly<Fields>, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Fields | undefined | null)?.[key], fields);
}
