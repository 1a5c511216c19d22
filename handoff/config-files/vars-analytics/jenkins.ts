import { quoted } from "../jinja";
import { jenkinsKey } from "../private-key";
import { secretName } from "../secrets";
import { of, type Sources } from "../sources";
import { absent, Expression, Secret, type Values } from "../value";

/**
 * Variables of the role jenkins_analytics. Jenkins is reached through the director's tunnel alone, so it has no log-in.
 * @throws FormatError where its agent could not use the private key
 */
export function jenkinsVars(sources: Sources): Values {
  const { jenkins } = sources.config;
  return {
    jenkins_version: sources.between(undefined, "koa", jenkins.version ?? absent),
    JENKINS_VERSION: sources.between("koa", undefined, jenkins.version ?? absent),
    // nginx would serve it on port 80, which is Insights', to whoever calls it by the role's name of it.
    jenkins_nginx_port: 8081,
    jenkins_jvm_args: "-Djava.net.preferIPv4Stack=true",
    JENKINS_ANALYTICS_AUTH_REALM: "none",
    // The runbook's three executors; the role's own are two.
    JENKINS_ANALYTICS_CONCURRENT_JOBS_COUNT: 3,
    JENKINS_ANALYTICS_CREDENTIALS: [
      {
        id: jenkins.credentialId,
        scope: "GLOBAL",
        username: jenkins.gitUser,
        type: "ssh-private-key",
        passphrase: sources.optionalSecret("jenkinsPassphrase") ?? null,
        description: "Read access to git repositories",
        privatekey: of(
          sources.secret("jenkinsPrivateKey"),
          ({ text }) => new Secret(jenkinsKey(text, secretName(sources.client.name, "jenkinsPrivateKey"))),
        ),
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
    ...seedJobVars(sources),
  };
}

/** The role's job that makes jobs with Jenkins' Job DSL, for whoever has scripts for it; without them it is skipped. */
function seedJobVars(sources: Sources): Values {
  const { jenkins, secureRepository, jobsDslRepository } = sources.config;
  if (jobsDslRepository === undefined) {
    return {};
  }
  return {
    ANALYTICS_SCHEDULE_SECURE_REPO_URL: sources.field("secureRepository", secureRepository?.url),
    ANALYTICS_SCHEDULE_SECURE_REPO_VERSION: sources.field("secureRepository", secureRepository?.version),
    ANALYTICS_SCHEDULE_JOBS_DSL_REPO_URL: jobsDslRepository.url,
    ANALYTICS_SCHEDULE_JOBS_DSL_REPO_VERSION: jobsDslRepository.version,
    ANALYTICS_SCHEDULE_COMMON_VARS: jenkins.commonVars,
  };
}
