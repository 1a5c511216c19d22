import { type Changes, mistakes } from "../../test/client-files";

const github = (fields: object) => ({ ci: { github: { repository: "acme/infrastructure", ...fields } } });

describe("the CI of a client", () => {
  it.each<[string, Changes]>([
    ["GitHub's", github({ branch: "release/1.x", environment: "aws-live", identityProvider: "existing" })],
    ["GitHub's with immutable subjects", github({ repository: "acme@123456/infrastructure@456789" })],
    [
      "GitLab's, in groups",
      { ci: { gitlab: { project: "acme/platform/infrastructure", host: "gitlab.example.com" } } },
    ],
  ])("may be %s", (_, changes) => {
    expect(mistakes(changes)).toEqual([]);
  });

  it.each<[Changes, string]>([
    [{ ci: {} }, "`ci` is {}; exactly one of `github` and `gitlab` is allowed. Set one, remove the other."],
    [
      github({ repository: "https://github.com/acme/infrastructure" }),
      '`ci.github.repository` is "https://github.com/acme/infrastructure"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL.',
    ],
    [
      github({ repository: "acme/*" }),
      '`ci.github.repository` is "acme/*"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL.',
    ],
    [
      github({ repository: "acme@123456/infrastructure" }),
      '`ci.github.repository` is "acme@123456/infrastructure"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL.',
    ],
    [
      github({ branch: "*" }),
      '`ci.github.branch` is "*"; a branch is letters, digits, ., _, / and -, and no pattern. Name one branch.',
    ],
    [
      github({ environment: "prod:*" }),
      '`ci.github.environment` is "prod:*"; an environment\'s name is up to 255 letters, digits and ._- here. Rename it.',
    ],
    [
      github({ identityProvider: "make" }),
      '`ci.github.identityProvider` is "make"; "create", "existing" are allowed. Choose one.',
    ],
    [
      { ci: { gitlab: { project: "infrastructure" } } },
      '`ci.gitlab.project` is "infrastructure"; a project is its path with all groups, as in `acme/infrastructure`. Write it without a URL.',
    ],
    [
      { ci: { gitlab: { project: "acme/infrastructure", host: "https://gitlab.example.com" } } },
      '`ci.gitlab.host` is "https://gitlab.example.com"; a host name is required, as in `gitlab.example.com`. Leave out https:// and what follows the host.',
    ],
  ])("says what is wrong with %j", (changes, message) => {
    expect(mistakes(changes)).toEqual([message]);
  });
});
