/** A state that Terraform may read otherwise than this command does, so nothing is known of its providers. */
export class UnreadableState extends Error {}

/** What Terraform reads of a state of format 4, as far as it leads to providers. */
const stateKeys = ["version", "resources"];
const resourceKeys = ["module", "mode", "type", "name", "provider", "instances"];

type Json = Readonly<Record<string, unknown>>;

/**
 * The providers that a state names, each with the addresses of its resources. Whoever wrote the state may not be a friend:
 * what is not exactly as Terraform writes it is refused.
 * @throws UnreadableState
 */
export function stateProviders(text: string): Map<string, string[]> {
  const state = object(parse(text), "the state", stateKeys);
  if (state.version !== 4) {
    throw new UnreadableState(`it has version ${quoted(state.version)} in the place of 4`);
  }
  const providers = new Map<string, string[]>();
  for (const each of array(state.resources, "`resources`")) {
    const resource = object(each, "a resource", resourceKeys);
    const address = addressOf(resource);
    for (const provider of providersOf(resource, address)) {
      providers.set(provider, [...(providers.get(provider) ?? []), address]);
    }
  }
  return providers;
}

/** OpenTofu writes a provider at each instance where they differ. */
function providersOf(resource: Json, address: string): Set<string> {
  const instances = array(resource.instances, `\`instances\` of ${address}`);
  const named = [resource, ...instances.map((each) => object(each, `an instance of ${address}`, ["provider"]))]
    .map(({ provider }) => provider)
    .filter((provider) => provider !== undefined);
  if (named.length === 0) {
    throw new UnreadableState(`${address} names no provider`);
  }
  return new Set(
    named.map((provider) => {
      const found = /^(?:module\.[\w.-]+\.)?provider\["([^"\\]+)"\](?:\.[\w-]+)?(?:\["[^"\\]*"\])?$/.exec(
        typeof provider === "string" ? provider : "",
      )?.[1];
      if (found === undefined) {
        throw new UnreadableState(`${address} has the provider ${quoted(provider)}`);
      }
      return found;
    }),
  );
}

function addressOf({ module, mode, type, name }: Json): string {
  const address = [module, mode === "data" ? mode : undefined, type, name]
    .filter((part) => part !== undefined)
    .join(".");
  // It is printed into logs of CI, where a line may be a command.
  return /^[\w.@/[\]"-]+$/.test(address) ? address : quoted(address);
}

function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableState("it is no JSON");
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    throw new UnreadableState(`an object has the key ${quoted(repeated)} twice`);
  }
  return value;
}

/** Terraform's reader merges both values of a key that stands twice in an object; `JSON.parse` takes the last alone. */
function repeatedKey(json: string): string | undefined {
  const objects: Set<string>[] = [];
  // In JSON, a string with a colon behind it is a key.
  for (const [token, text, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === "{") {
      objects.push(new Set());
    } else if (token === "}") {
      objects.pop();
    } else if (text !== undefined && colon !== undefined) {
      const key = text.includes("\\") ? (JSON.parse(text) as string) : text.slice(1, -1);
      const keys = objects.at(-1);
      if (keys?.has(key)) {
        return key;
      }
      keys?.add(key);
    }
  }
  return undefined;
}

/** Terraform takes a key whatever the case of its letters. */
function object(value: unknown, what: string, known: readonly string[]): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnreadableState(`${what} is no object`);
  }
  const disguised = Object.keys(value).find(
    (key) => !known.includes(key) && known.includes(key.normalize("NFKC").toLowerCase()),
  );
  if (disguised !== undefined) {
    throw new UnreadableState(`${what} has the key ${quoted(disguised)}`);
  }
  return value as Json;
}

function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value ?? [])) {
    throw new UnreadableState(`${what} is no list`);
  }
  return (value ?? []) as readonly unknown[];
}

function quoted(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 200);
}
