import { areCovered, lowerCase } from "../policy-statements";
import { isBelowReference } from "./everywhere";

/** Actions that are all of a service, or together all that it reads, writes and deletes. */
export function wholeServices(actions: unknown): string[] {
  const all = lowerCase(actions);
  const whole = all.filter((action) => /^[\w-]+:[*?]+$/.test(action));
  const isOf = (service: string, ...verbs: string[]) =>
    verbs.some((verb) => areCovered(`${service}:${verb}anything`, all));
  const services = [...new Set(all.map((action) => action.split(":")[0] as string))];
  const byVerbs = services.filter(
    (service) =>
      !whole.some((action) => action.startsWith(`${service}:`)) &&
      isOf(service, "get", "describe") &&
      isOf(service, "put", "create", "update") &&
      isOf(service, "delete", "terminate"),
  );
  return [...whole, ...byVerbs.map((service) => `${service}:*`)];
}

/** Whether an ARN is that of all there is of a kind, as in `arn:aws:iam::*:role/*`, or of what only ends or goes on somehow. */
export function isEverything(resource: unknown): boolean {
  if (isBelowReference(String(resource))) {
    return false;
  }
  const parts = String(resource).split(":");
  const name = parts.slice(5).join(":");
  if (/^[*?]/.test(String(resource)) || (parts.length < 6 && /[*?]$/.test(String(resource)))) {
    return true;
  }
  // S3's have no type before the name.
  return parts[2] === "s3" ? /^[*?/]/.test(name) : /^([\w-]+[/:])?[*?]/.test(name);
}
