import { type ReleaseName, since } from "../../../config/tables/versions-by-release";

/** What edx/configuration and the LMS of a release ask of whoever installs Insights; test/consumers/playbooks.json has the sources. */
export interface ReleaseTools {
  /** Folder of edx/configuration that the playbooks of Insights and the API are run in; Jenkins' is in `playbooks` always. */
  readonly playbooks: "playbooks/edx-east" | "playbooks";
  /** The Ansible that `requirements.txt` pins. */
  readonly ansible: string;
  /** Oracle's JDK that Jenkins' role installs, as the role calls its archive. */
  readonly jdk: string;
  /** The command of the LMS that makes OAuth clients, as edx/configuration's own role calls it. */
  readonly oauthCommand: "create_oauth2_client" | "create_dot_application";
  /** How users log in to Insights: the name of the backend in its URLs, as in `/login/edx-oauth2/` and `/complete/edx-oauth2/`. */
  readonly loginBackend: "edx-oidc" | "edx-oauth2";
  /** Module of the LMS's settings. */
  readonly lmsSettings: "aws" | "production";
  /** How Django's shell reads a program from standard input: by itself from 1.11 on. */
  readonly djangoShell: "shell --plain" | "shell";
  /** Whether the pipeline asks the LMS's API for courses, for reports of problem responses. */
  readonly reportsByApi: boolean;
  /** Whether the pipeline fills `passing_users`, for which the API needs another default than the table gets. */
  readonly passingUsers: boolean;
}

/** By its first release; each pins until the next. */
const ansibleFrom: readonly (readonly [ReleaseName, string])[] = [
  ["ficus", "2.2.0.0"],
  ["ginkgo", "2.3.1.0"],
  ["juniper", "2.7.12"],
  ["koa", "2.8.15"],
  ["maple", "2.8.20"],
  ["olive", "2.10.7"],
];

export function toolsOf(release: ReleaseName): ReleaseTools {
  const from = (first: ReleaseName) => since(first, release);
  return {
    playbooks: from("hawthorn") ? "playbooks" : "playbooks/edx-east",
    ansible: ansibleFrom.filter(([first]) => from(first)).at(-1)?.[1] as string,
    jdk: `jdk-${from("ginkgo") ? "8u131" : "7u51"}-linux-x64.tar.gz`,
    oauthCommand: from("juniper") ? "create_dot_application" : "create_oauth2_client",
    loginBackend: from("juniper") ? "edx-oauth2" : "edx-oidc",
    lmsSettings: from("ironwood") ? "production" : "aws",
    djangoShell: from("hawthorn") ? "shell" : "shell --plain",
    reportsByApi: from("ginkgo"),
    passingUsers: from("ginkgo"),
  };
}
