import type { GeneratedFile } from "./generated-file";
import { jenkinsHome } from "./jenkins-home";
import { jenkinsJobs } from "./jenkins-jobs/jenkins-jobs";
import type { Sources } from "./sources";

/** Paths of the files that are written whole, beside the six. */
export const generatedFilePaths = ["jenkins-jobs.yml", "jenkins-home.yml"] as const;

/** The files that are written whole, beside the six. */
export function generatedFiles(sources: Sources): GeneratedFile[] {
  return [jenkinsJobs(sources), jenkinsHome(sources)];
}
