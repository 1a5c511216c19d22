/** What everything else is made of, the project included. */
const builtIns: Readonly<Record<string, object>> = {
  Object,
  "Object.prototype": Object.prototype,
  Array,
  "Array.prototype": Array.prototype,
  Error,
  "Error.prototype": Error.prototype,
  Function,
  "Function.prototype": Function.prototype,
  JSON,
  "Map.prototype": Map.prototype,
  "Number.prototype": Number.prototype,
  "Promise.prototype": Promise.prototype,
  "RegExp.prototype": RegExp.prototype,
  "Set.prototype": Set.prototype,
  "String.prototype": String.prototype,
  globalThis,
};

/** Of the global object, which Node.js fills in by itself when something is used first. */
const globals: readonly string[] = [
  ...["Array", "Boolean", "Buffer", "Date", "Error", "Function", "JSON", "Map", "Math", "Number", "Object", "Promise"],
  ...["Proxy", "Reflect", "RegExp", "Set", "String", "Symbol", "TypeError", "URL", "WeakMap", "console", "process"],
];

/**
 * Runs what may change JavaScript's own objects, and takes such changes back: the project would fail far from them.
 * @returns what was changed, as in `Array.prototype.map`
 */
export function changesOfBuiltIns(run: () => void): string[] {
  const { defineProperty, entries, getOwnPropertyDescriptor, getOwnPropertyDescriptors, hasOwn } = Object;
  const { deleteProperty, ownKeys } = Reflect;
  const before = entries(builtIns).map(([name, builtIn]) => ({
    name,
    builtIn,
    properties: builtIn === globalThis ? globalDescriptors() : getOwnPropertyDescriptors(builtIn),
  }));
  run();
  const changed: string[] = [];
  // Loops and indices, which call nothing that may have been changed.
  for (let index = 0; index < before.length; index += 1) {
    const { name, builtIn, properties } = before[index] as (typeof before)[number];
    const keys = builtIn === globalThis ? [ownKeys(properties)] : [ownKeys(properties), ownKeys(builtIn)];
    for (let list = 0; list < keys.length; list += 1) {
      const all = keys[list] as PropertyKey[];
      for (let at = 0; at < all.length; at += 1) {
        const key = all[at] as PropertyKey;
        // By name of its own alone, as any may be inherited now. The second list is of what is new.
        const had = hasOwn(properties, key);
        if (list === 1 && had) {
          continue;
        }
        const was = had ? (properties as Record<PropertyKey, PropertyDescriptor>)[key] : undefined;
        const is = getOwnPropertyDescriptor(builtIn, key);
        if (was?.value === is?.value && was?.get === is?.get) {
          continue;
        }
        // An assignment would call a setter that `Array.prototype` may have now.
        const value = `${name}.${typeof key === "symbol" ? "[symbol]" : key}`;
        defineProperty(changed, changed.length, { value, writable: true, enumerable: true, configurable: true });
        if (was === undefined) {
          deleteProperty(builtIn, key);
        } else {
          defineProperty(builtIn, key, was);
        }
      }
    }
  }
  return changed;
}

function globalDescriptors(): PropertyDescriptorMap {
  const all = globals.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  return Object.fromEntries(all.filter(([, descriptor]) => descriptor !== undefined));
}
