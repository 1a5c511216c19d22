/** The host of a repository that git reaches by SSH, and so needs a key for: of `ssh://…`, or `user@host:path`; undefined of another. */
export function sshHost(url: string): string | undefined {
  const [, host] = /^(?:(?:git\+)?ssh:\/\/(?:[^/@]+@)?|[^/:]+@)([^/:]+)(?=[:/])/.exec(url) ?? [];
  return host;
}

/** Whether git reaches a repository by SSH. */
export function isSshUrl(url: string): boolean {
  return sshHost(url) !== undefined;
}
