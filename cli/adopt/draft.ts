import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../config/load/problem";
import { valueAt } from "../../config/value-at";

/** A field of the client file, so that the first plan leaves what exists as it is. */
export interface Suggestion {
  /** Dotted path, as in `hosts.iterations.3.instanceType`. */
  readonly path: string;
  readonly value: unknown;
  /** What in AWS it comes from, and, where it cannot be otherwise, why. */
  readonly why: string;
}

interface Drafted extends Suggestion {
  /** What the file comes to without it. */
  readonly inFile: unknown;
  /** Whether AWS could change the thing to that. */
  readonly changeable: boolean;
}

type Fields = Record<string, unknown>;

/** What a field comes to in the file and in AWS, and why AWS cannot change it without making another one. */
type FieldValues = readonly [inFile: unknown, inAws: unknown, fixed?: string];

/** A client file that is being completed from what AWS has; the file itself is not written to. */
export class Draft {
  /** Fields that the client file sets to something else than AWS has, and that AWS can change. */
  readonly differences: { readonly path: string; readonly inFile: unknown; readonly inAws: unknown }[] = [];
  /** What no field of the client file corrects, by the field's path or the resource's address: nothing is imported then. */
  readonly contradictions: { readonly path: string; readonly why: string }[] = [];
  private drafted: readonly Drafted[] = [];
  /** What has the value that the file says, by path. */
  private readonly agreed = new Map<string, string>();
  private fields: Fields;

  constructor(private readonly file: Readonly<Fields>) {
    this.fields = structuredClone(file) as Fields;
  }

  get suggestions(): readonly Suggestion[] {
    return this.drafted.map(({ path, value, why }) => ({ path, value, why }));
  }

  /** The file with all suggestions in it. */
  get completed(): Readonly<Fields> {
    return this.fields;
  }

  /** What the file, completed so far, says at a path. */
  at(path: string): unknown {
    return valueAt(this.fields, path);
  }

  /** Sets a field that the file does not have. */
  complete(path: string, value: unknown, why: string): void {
    if (this.at(path) === undefined) {
      this.add({ path, value, why, inFile: undefined, changeable: false });
    }
  }

  /**
   * Compares what the file, with its defaults, comes to with what AWS has. A field that the file sets itself is what its
   * author means, and stays, unless AWS cannot change the thing. One field may be of several things, which have to agree.
   * @param fixed why AWS cannot change it without making another one
   */
  compare(path: string, inFile: unknown, inAws: unknown, why: string, fixed?: string): void {
    const before = this.drafted.find((suggestion) => suggestion.path === path);
    const now = before === undefined ? inFile : before.value;
    if (inAws === undefined || isDeepStrictEqual(now, inAws)) {
      this.agreed.set(path, why);
      return;
    }
    const other = before?.why ?? this.agreed.get(path);
    if (fixed !== undefined && other !== undefined) {
      const [one, another] = [now, inAws].map((value) => JSON.stringify(value));
      this.contradict(path, `is ${one}, ${other}, and ${another}, ${why}; ${fixed}. Leave one of them out`);
    } else if (other !== undefined || (fixed === undefined && valueAt(this.file, path) !== undefined)) {
      this.differences.push({ path, inFile: now, inAws });
    } else {
      const reason = fixed === undefined ? why : `${why}; ${fixed}`;
      this.add({ path, value: inAws, why: reason, inFile, changeable: fixed === undefined });
    }
  }

  /**
   * Compares several fields of one thing, as `compare` does each.
   * @param path of the thing, which the fields are in
   */
  compareAll(path: string, why: string, fields: Readonly<Record<string, FieldValues>>): void {
    for (const [field, [inFile, inAws, fixed]] of Object.entries(fields)) {
      this.compare(`${path}.${field}`, inFile, inAws, why, fixed);
    }
  }

  /** Gives a suggestion of before another value, or takes it back; what the file itself says stays. */
  amend(path: string, value: unknown): void {
    const drafted = this.drafted;
    this.reset();
    for (const suggestion of drafted) {
      if (suggestion.path !== path) {
        this.add(suggestion);
      } else if (value !== undefined) {
        this.add({ ...suggestion, value });
      }
    }
  }

  /** @param path of a field, or address of a resource */
  contradict(path: string, why: string): void {
    this.contradictions.push({ path, why: why.replace(/\.$/, "") });
  }

  /**
   * Takes suggestions back that are a mistake in a client file, though AWS has it so: the first deploy changes what can be
   * changed, anything else is a conflict.
   * @returns whether there were any
   */
  withdraw(problems: readonly Problem[]): boolean {
    const reasons = new Map(
      problems.flatMap(({ path, message }) => {
        const around = this.drafted.filter((suggestion) => `${path}.`.startsWith(`${suggestion.path}.`));
        const closest = around.sort((one, other) => other.path.length - one.path.length)[0];
        return closest === undefined ? [] : [[closest.path, message] as const];
      }),
    );
    const drafted = this.drafted;
    this.reset();
    for (const suggestion of drafted) {
      const { path, value, why, inFile, changeable } = suggestion;
      if (!reasons.has(path)) {
        this.add(suggestion);
      } else if (changeable) {
        this.differences.push({ path, inFile, inAws: value });
      } else {
        this.contradict(path, `${why}: ${reasons.get(path)}`);
      }
    }
    return reasons.size > 0;
  }

  private reset(): void {
    this.fields = structuredClone(this.file) as Fields;
    this.drafted = [];
  }

  private add(suggestion: Drafted): void {
    this.drafted = [...this.drafted, suggestion];
    const keys = suggestion.path.split(".");
    const last = keys.pop() as string;
    let place = this.fields;
    for (const key of keys) {
      place[key] ??= {};
      place = place[key] as Fields;
    }
    // A copy: later suggestions are about fields inside of it.
    place[last] = structuredClone(suggestion.value);
  }
}
