/** Whether git reaches a repository by SSH, and so needs a key: `ssh://…`, or `user@host:path`. */
export function isSshUrl(url: string): boolean {
  return /^(?:git\+)?ssh:\/\//.test(url) || /^[^/:]+@[^/:]+:/.test(url);
}
