import { z } from "zod";
import { exactlyOne } from "./fields";

/**
 * The identity provider of that URL, one per account: made with this client's CI stack, or there already.
 * @default - "existing" with `sharing: "shared-stack"`, else "create"
 */
const identityProvider = z.enum(["create", "existing"]).optional();

/**
 * Whether the databases stack is planned and applied too, by a runner inside the VPC: the roles then read MySQL's master
 * passwords.
 * @default false
 */
const databases = z.boolean().default(false);

/** A branch as git takes it, without what trust policies read as a pattern. */
const branch = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, {
  error: "a branch is letters, digits, ., _, / and -, and no pattern. Name one branch.",
});

/** Which CI gets roles in the account, to plan and to apply; docs/ci.md says how to set it up. */
export const ci = exactlyOne({
  /**
   * GitHub Actions.
   * @default - not this one
   */
  github: z
    .strictObject({
      /**
       * The repository as GitHub's tokens spell it, for the trust tells capitals apart: `owner/name`; or
       * `owner@id/name@id` where its tokens have immutable subjects, as those of repositories made or renamed since
       * 15 July 2026 do. docs/ci.md has the command that prints the ids.
       */
      repository: z.string().regex(/^[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+|@\d+\/[A-Za-z0-9._-]+@\d+)$/, {
        error:
          "a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL.",
      }),
      /**
       * The branch that is deployed.
       * @default "main"
       */
      branch: branch.default("main"),
      /**
       * The environment whose reviewers approve of an apply.
       * @default "production"
       */
      environment: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,255}$/, {
          error: "an environment's name is up to 255 letters, digits and ._- here. Rename it.",
        })
        .default("production"),
      identityProvider,
      databases,
    })
    .optional(),
  /**
   * GitLab CI.
   * @default - not this one
   */
  gitlab: z
    .strictObject({
      /** The project with its groups, as in `acme/infrastructure`. */
      project: z.string().regex(/^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+$/, {
        error: "a project is its path with all groups, as in `acme/infrastructure`. Write it without a URL.",
      }),
      /**
       * GitLab's host name; AWS has to reach it.
       * @default "gitlab.com"
       */
      host: z
        .string()
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
          error: "a host name is required, as in `gitlab.example.com`. Leave out https:// and what follows the host.",
        })
        .default("gitlab.com"),
      /**
       * The branch that is deployed.
       * @default "main"
       */
      branch: branch.default("main"),
      identityProvider,
      databases,
    })
    .optional(),
});

export type CiConfig = z.output<typeof ci>;

/** Tokens that a role trusts. */
export interface Tokens {
  /** Whom they are for. */
  readonly audience: string;
  /** Whose they are; `*` stands for any text. */
  readonly subjects: readonly string[];
}

/** A CI as AWS knows it, nothing left open. */
export interface Ci {
  /** Host of the tokens' issuer, which names the identity provider and its condition keys. */
  readonly issuer: string;
  /** Which tokens plan. */
  readonly plan: Tokens;
  /** Which tokens apply. */
  readonly apply: Tokens;
  readonly identityProvider: "create" | "existing";
}

/** @param ownership who makes what an account has once, unless the client file says so */
export function ciOf({ github, gitlab }: CiConfig, ownership: "create" | "existing"): Ci {
  if (github !== undefined) {
    const { repository, branch, environment, identityProvider = ownership } = github;
    const audience = "sts.amazonaws.com";
    return {
      issuer: "token.actions.githubusercontent.com",
      plan: {
        audience,
        subjects: [`repo:${repository}:pull_request`, `repo:${repository}:ref:refs/heads/${branch}`],
      },
      // An environment's tokens are given out to jobs that its reviewers have let through.
      apply: { audience, subjects: [`repo:${repository}:environment:${environment}`] },
      identityProvider,
    };
  }
  const { project, host, branch, identityProvider = ownership } = gitlab as NonNullable<typeof gitlab>;
  const subject = `project_path:${project}:ref_type:branch:ref:`;
  return {
    issuer: host,
    plan: { audience: `https://${host}`, subjects: [`${subject}*`] },
    // The plan of the main branch, which nobody starts by hand, has the same subject, and libraries beside its token.
    apply: { audience: `https://${host}/apply`, subjects: [`${subject}${branch}`] },
    identityProvider,
  };
}

/** The identity provider that a file makes, of which an account has one: where it says so, and how a second one is mended. */
export function providersMade(config: CiConfig | undefined, ownership: "create" | "existing") {
  if (config === undefined || ciOf(config, ownership).identityProvider === "existing") {
    return [];
  }
  return [
    {
      path: `ci.${config.github === undefined ? "gitlab" : "github"}.identityProvider`,
      what: `the identity provider \`${ciOf(config, ownership).issuer}\``,
      fix: 'Set "existing" in all but one',
    },
  ];
}

/** Name of the stack that holds a client's or shared stack's CI roles. */
export function ciStackName(owner: string): string {
  return `${owner}-ci`;
}
