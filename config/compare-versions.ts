/** Major and minor number of a version such as 5.7.44, by which AWS and the tables here know it. */
export function majorMinor(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Whether a version such as 7.10 is a later one than, or the same as, another. */
export function atLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
