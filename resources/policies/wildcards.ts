import { type Attributes, texts } from "../attributes";
import { areCovered, keysOf, lowerCase } from "../policy-statements";
import { isOnAllOfStacks, kindOfAll } from "./everywhere";

/** Services that have no type before a name. */
const untyped = ["s3", "sns", "sqs"];

/** Services whose names are paths, which owners share but for what is below a name of their own. */
const withPaths = ["logs", "secretsmanager", "ssm"];

/** What stacks' CI does by the names that RDS makes up for its secrets. */
const ofSecrets = lowerCase(["secretsmanager:CreateSecret", "secretsmanager:TagResource"]);

/**
 * Resources of a statement that are every one with some beginning of a name, which others' may have too, as in
 * `arn:aws:s3:::acme*`: none of what is below a whole name, as in `arn:aws:s3:::acme-data/*`, of what stacks do to all, or of all
 * there is of a kind, which is judged as such.
 * @param client the plan's, whose own paths have its name
 */
export function openNames({ Action, Resource, Condition }: Attributes, client: string | undefined): string[] {
  const actions = texts(Action).map(String);
  return actions.every(isOnAllOfStacks)
    ? []
    : texts(Resource)
        .map(String)
        .filter((arn) => isOpen(arn, client) && !isOfOwnDatabase(arn, actions, Condition));
}

function isOpen(arn: string, client: string | undefined): boolean {
  const [, , service = "", , , ...rest] = arn.split(":");
  const name = rest.join(":");
  const at = name.search(/[*?]|\$\{/);
  if (at < 0 || kindOfAll(arn) !== undefined) {
    return false;
  }
  const known = name
    .slice(0, at)
    .replace(untyped.includes(service) ? /^$/ : /^[\w-]+[/:]((app|net|gwy)\/)?/, "")
    .replace(/^\//, "");
  // A question mark is one character, as in the version of a parameter group.
  const isCounted = !/[*]|\$\{/.test(name) && known.length > 0;
  const isBelow = withPaths.includes(service)
    ? new RegExp(`(^|[/-])${client ?? "[^\\s\\S]"}([/-]|-.*/)`).test(known)
    : /[^/:][/:]/.test(known);
  return !isCounted && !isBelow;
}

/** Secrets of named databases: AWS gives this tag, and no caller can. */
function isOfOwnDatabase(arn: string, actions: readonly string[], condition: unknown): boolean {
  const isOfNamed = keysOf(condition).some(
    ([operator, key, values]) =>
      operator.toLowerCase() === "stringequals" &&
      key.toLowerCase() === "aws:resourcetag/aws:rds:primarydbinstancearn" &&
      values.length > 0,
  );
  return arn.endsWith(":secret:rds!*") && (isOfNamed || areCovered(lowerCase(actions), ofSecrets));
}
