import type { Def, Schema } from "./issues";

/** More than these would be no help. */
const most = 3;

/**
 * Where a file has a field of a name that stands elsewhere: the nearest places up or down from there, or in another section if the
 * name is no common one.
 * @param path of the field as it was found, as in `director.securityGroup.sshFrom`
 * @returns none where there is no such field, or one of so common a name that any of many may be meant
 */
export function placesOf(root: Schema, path: string): string[] {
  const folder = path.split(".").slice(0, -1);
  const name = path.split(".").at(-1) as string;
  const folders = new Map(foldersWith(root, name).map((found) => [found.join("."), found]));
  const places = [...folders.values()]
    .filter((found) => !isAlike(found, folder) && (folders.size <= most || isAboveOrBelow(found, folder)))
    .map((found) => ({ found, distance: distance(folder, found) }));
  const least = Math.min(...places.map((place) => place.distance));
  const nearest = places.filter((place) => place.distance === least);
  return nearest.length > most ? [] : nearest.map(({ found }) => [...keyed(found, folder), name].join("."));
}

/** Paths of the objects that may have a field of a name; `*` is a key of the operator's. */
function foldersWith(schema: Schema, name: string, path: readonly string[] = []): (readonly string[])[] {
  const { def } = schema._zod as { def: Def };
  switch (def.type) {
    case "default":
    case "prefault":
    case "optional":
      return foldersWith(def.innerType, name, path);
    case "union":
      return def.options.flatMap((option) => foldersWith(option, name, path));
    case "record":
      return foldersWith(def.valueType, name, [...path, "*"]);
    case "object":
      return [
        ...(Object.hasOwn(def.shape, name) ? [path] : []),
        ...Object.entries(def.shape).flatMap(([key, inner]) => foldersWith(inner, name, [...path, key])),
      ];
    default:
      return [];
  }
}

/** Steps from one folder to another. */
function distance(from: readonly string[], to: readonly string[]): number {
  const shared = sharedOf(from, to);
  return from.length + to.length - 2 * shared;
}

function sharedOf(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((key, index) => other[index] !== key && other[index] !== "*");
  return end === -1 ? one.length : end;
}

function isAboveOrBelow(found: readonly string[], folder: readonly string[]): boolean {
  return sharedOf(folder, found) === Math.min(folder.length, found.length);
}

function isAlike(found: readonly string[], folder: readonly string[]): boolean {
  return found.length === folder.length && sharedOf(folder, found) === folder.length;
}

/** With the operator's own keys, or the first one: all are iterations. */
function keyed(found: readonly string[], folder: readonly string[]): string[] {
  const shared = sharedOf(folder, found);
  return found.map((key, index) => (key !== "*" ? key : index < shared ? (folder[index] as string) : "1"));
}
