import { quoted } from "../jinja";
import { of, type Sources } from "../sources";
import { Expression, Secret, type Values } from "../value";

/** Variables of the role jenkins_analytics. Jenkins is reached through the director's tunnel alone, so it has no log-in. */
export function jenkinsVars(sources: Sources): Values {
  const { jenkins, secureRepository, jobsDslRepository } = sources.config;
  return {
    jenkins_version: sources.field("jenkins.version", jenkins.version),
    JENKINS_ANALYTICS_AUTH_REALM: "none",
    JENKINS_ANALYTICS_CREDENTIALS: [
      {
        id: jenkins.credentialId,
        scope: "GLOBAL",
        username: jenkins.gitUser,
        type: "ssh-private-key",
        passphrase: sources.optionalSecret("jenkinsPassphrase") ?? null,
        description: "Read access to git repositories",
        // OpenSSH takes no key without the end of its last line, which is easily lost on the way to SSM.
        privatekey: of(sources.secret("jenkinsPrivateKey"), ({ text }) => new Secret(`${text.trimEnd()}\n`)),
      },
      // The role's own list has it too, by these names; this one takes that one's place.
      {
        id: "ssh-access-key",
        scope: "GLOBAL",
        username: "hadoop",
        type: "ssh-private-key",
        passphrase: null,
        description: "SSH to EMR clusters",
        // Ansible's file look-up takes the end of the last line off.
        privatekey: new Expression(`{{ lookup('file', ${quoted(jenkins.emrPrivateKey)}) }}\n`),
      },
    ],
    ANALYTICS_SCHEDULE_SECURE_REPO_URL: sources.field("secureRepository", secureRepository?.url),
    ANALYTICS_SCHEDULE_SECURE_REPO_VERSION: sources.field("secureRepository", secureRepository?.version),
    ANALYTICS_SCHEDULE_JOBS_DSL_REPO_URL: sources.field("jobsDslRepository", jobsDslRepository?.url),
    ANALYTICS_SCHEDULE_JOBS_DSL_REPO_VERSION: sources.field("jobsDslRepository", jobsDslRepository?.version),
    ANALYTICS_SCHEDULE_COMMON_VARS: jenkins.commonVars,
  };
}
