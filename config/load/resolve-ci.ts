import { ciBoundaryArn, ciStackName } from "../ci-names";
import type { Ci } from "../client";
import { isExisting } from "../existing";
import { stateKey } from "../names";
import type { CiFields } from "../schema/ci";

/**
 * A CI, complete.
 * @param owner the client or shared stack, what its states' keys begin with, and whether it shares an account: then the
 * shared stack manages what an account has once
 */
export function resolveCi(
  { github, gitlab }: CiFields,
  owner: {
    readonly name: string;
    readonly accountId: string;
    readonly keyPrefix: string;
    readonly shares: boolean;
  },
): Ci {
  const { name, accountId, keyPrefix, shares } = owner;
  const fields = (github ?? gitlab) as NonNullable<typeof github | typeof gitlab>;
  const stack = ciStackName(name);
  const { identityProvider, databases } = fields;
  const isManaged = identityProvider === undefined ? !shares : !isExisting(identityProvider);
  return {
    stack: { name: stack, stateKey: stateKey(keyPrefix, stack) },
    provider: github === undefined ? "gitlab" : "github",
    ...(github === undefined ? gitlabTokens(gitlab as NonNullable<typeof gitlab>) : githubTokens(github)),
    identityProvider: isManaged ? "managed" : "existing",
    databases,
    branch: fields.branch,
    environment: github?.environment ?? "production",
    boundaryArn: ciBoundaryArn(accountId, name),
  };
}

function githubTokens({ repository, branch, environment }: NonNullable<CiFields["github"]>) {
  const audience = "sts.amazonaws.com";
  return {
    issuer: "token.actions.githubusercontent.com",
    plan: { audience, subjects: [`repo:${repository}:pull_request`, `repo:${repository}:ref:refs/heads/${branch}`] },
    // An environment's tokens are given out to jobs that its reviewers have let through.
    apply: { audience, subjects: [`repo:${repository}:environment:${environment}`] },
  };
}

function gitlabTokens({ project, host, branch }: NonNullable<CiFields["gitlab"]>) {
  const subject = `project_path:${project}:ref_type:branch:ref:`;
  return {
    issuer: host,
    plan: { audience: `https://${host}`, subjects: [`${subject}*`] },
    // The plan of the main branch, which a push starts, has the same subject, and libraries beside its token.
    apply: { audience: `https://${host}/apply`, subjects: [`${subject}${branch}`] },
  };
}
