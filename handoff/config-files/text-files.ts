import { inventory } from "./inventory";
import { jenkinsHome } from "./jenkins-home";
import { jenkinsJobs } from "./jenkins-jobs/jenkins-jobs";
import { runFile } from "./run/run-file";
import type { Sources } from "./sources";
import type { TextFile } from "./text-file";

const files = {
  inventory,
  "RUN.md": runFile,
  "jenkins-home.yml": jenkinsHome,
  "jenkins-jobs.yml": jenkinsJobs,
} as const satisfies Record<string, (sources: Sources) => TextFile>;

/** Paths of the files that are written whole, beside the six. */
export const textFilePaths: readonly string[] = Object.keys(files);

/** The files that are written whole, beside the six: for Ansible, Jenkins Job Builder and people. */
export function textFiles(sources: Sources): TextFile[] {
  return Object.values(files).map((file) => file(sources));
}
