import type { ClientFields } from "./schema/client";
import { since } from "./tables/versions-by-release";

/** A repository of Open edX's playbooks, edx/configuration or a fork of it, that everybody may clone. */
export interface Playbooks {
  readonly url: string;
  /** Branch or tag. */
  readonly version: string;
}

/** Address of the playbooks of an organisation on GitHub. */
export function playbooksUrl(gitPath: string): string {
  return `https://github.com/${gitPath}/configuration.git`;
}

/** Branch or tag of Open edX's repositories: what the client file names, or the release's own, which it has up to Quince. */
export function openedxBranch({
  release,
  configurationFiles,
}: Pick<ClientFields, "release"> & {
  readonly configurationFiles: Pick<ClientFields["configurationFiles"], "openedxRelease">;
}): string | undefined {
  const own = since("redwood", release) ? undefined : `open-release/${release}.master`;
  return configurationFiles.openedxRelease ?? own;
}
