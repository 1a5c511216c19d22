import { z } from "zod";
import { exists, orExisting } from "./existing";
import { exactlyOne } from "./fields";

const common = {
  /**
   * The identity provider of that URL, one per account: `{}` manages it in this CI stack, `{ existing: true }` uses the
   * account's.
   * @default - `{ existing: true }` with `sharing: "shared-stack"`, else `{}`
   */
  identityProvider: orExisting(exists, {}).optional(),
  /**
   * Whether the databases stack is planned and applied too, by a runner inside the VPC: the roles then read MySQL's
   * master passwords.
   * @default false
   */
  databases: z.boolean().default(false),
};

/** A branch as git takes it, without what trust policies read as a pattern. */
const branch = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, {
    error: "a branch is letters, digits, ., _, / and -, and no pattern. Name one branch.",
  })
  .regex(/^(?!refs\/|HEAD$)/, {
    error: "a branch's name is required, as in `main`, without refs/heads/. Correct it.",
  })
  // https://git-scm.com/docs/git-check-ref-format
  .regex(/^(?!.*(\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$)).{1,244}$/, {
    error: "git takes no branch with .., //, /., .lock or a . or / at its end, or of over 244 characters. Correct it.",
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
      repository: z
        .string()
        .regex(
          /^(?!-)[A-Za-z0-9-]{1,39}(?<!-)(\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}(?<!\.git)|@\d+\/[A-Za-z0-9._-]{1,100}(?<!\.git)@\d+)$/i,
          {
            error:
              "a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL and .git.",
          },
        ),
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
      ...common,
    })
    .optional(),
  /**
   * GitLab CI.
   * @default - not this one
   */
  gitlab: z
    .strictObject({
      /** The project with its groups, as in `acme/infrastructure`. */
      project: z.string().regex(/^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+(?<!\.(git|atom)?)$/i, {
        error: "a project is its path with all groups, as in `acme/infrastructure`. Write it without a URL and .git.",
      }),
      /**
       * GitLab's host name; AWS has to reach it.
       * @default "gitlab.com"
       */
      host: z
        .string()
        .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/, {
          error: "a host name is required, as in `gitlab.example.com`. Leave out https:// and what follows the host.",
        })
        .refine((host) => !/\.\d+$/.test(host) && host !== "token.actions.githubusercontent.com", {
          error: "GitLab's own name is required, no address and not GitHub's. Name the host of the project.",
        })
        // https://www.rfc-editor.org/rfc/rfc6761, https://www.rfc-editor.org/rfc/rfc6762
        .regex(/^(?!.*\.(localhost|localdomain|local|invalid)$)/, {
          error: "no public DNS has that name, and AWS has to reach GitLab. Name it as the Internet does.",
        })
        .default("gitlab.com"),
      /**
       * The branch that is deployed.
       * @default "main"
       */
      branch: branch.default("main"),
      ...common,
    })
    .optional(),
});

export type CiFields = z.output<typeof ci>;
