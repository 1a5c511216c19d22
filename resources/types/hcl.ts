/** Why an argument is as it is, for those who read the exported files without the modules; of one value alone, or of any. */
export type Note = string | { readonly value: unknown; readonly text: string };

/** Notes by the path of the argument, as in `lifecycle.ignore_changes`. */
export type Notes = Readonly<Record<string, Note>>;

/** Gives the expression that stands for a value: a variable of its owner's where that has the same value, else the value. */
export type Use = (owner: string, value: unknown) => string;

/** Where a value stands that a variable takes the place of. */
export interface Place {
  /**
   * Type of the resource; `data.` and the type of a data source, `provider.aws` for that, `output` for outputs.
   * @default - the type that the variable is declared with
   */
  readonly of?: string;
  /** Path of the value, as in `ebs_options.volume_size`, through however many blocks. */
  readonly path: string;
  /**
   * What the resource is called; its first group is what the variable belongs to.
   * @default - any name, the whole of which it belongs to
   */
  readonly called?: RegExp;
  /**
   * Take variables that the places before it have brought up, and no others.
   * @default false
   */
  readonly follows?: boolean;
  /**
   * What stands there instead, where it is made of variables' values and something else.
   * @default - the variable alone
   */
  readonly made?: (value: unknown, use: Use) => string;
}

/** Values to test a variable with. */
export interface Cases {
  readonly accepts: readonly unknown[];
  readonly refuses: readonly unknown[];
}

/** A kind of value that a team would change without changing what the state stands on. */
export interface Variable {
  /** Name of the variable. A second one of that name is given a number. */
  readonly name: (owner: string) => string;
  /** @param value the deployed one, which is the default */
  readonly description: (owner: string, value: unknown) => string;
  /** Condition, and what is said where it does not hold; it depends on what the deployed value can become in place. */
  readonly validation: (variable: string, value: unknown) => readonly [condition: string, message: string];
  /** Values that the validation takes and refuses, beginning with those that people try. */
  readonly cases: (value: unknown) => Cases;
  /**
   * The client file's field; with a dot at its beginning, one of the host's or the database's own.
   * @default - the client file has none
   */
  readonly field?: (owner: string) => string;
  readonly places: readonly Place[];
}
