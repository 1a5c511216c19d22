import { answersOf, type Options } from "./answers";

const url = "https://example.com/a.tgz";

/** Answers each question by its turn, and keeps what was asked and said. */
async function interview(options: Options, ...given: string[]) {
  const lines: string[] = [];
  const answers = await answersOf(options, {
    ask: async (question, standard = "") => {
      lines.push(question);
      return (given.shift() ?? "") || standard;
    },
    say: (text) => void lines.push(`! ${text}`),
  });
  return { lines, answers };
}

describe("the questions of init", () => {
  it("asks for what no flag says", async () => {
    const { lines, answers } = await interview({ client: "birch", ci: "gitlab" }, "", "", "", url);

    expect(lines).toEqual([
      "AWS region",
      "AWS account id",
      "Open edX release",
      "Package to install: path of a tarball, a URL, or an exact version",
    ]);
    expect(answers).toEqual({
      ...{ client: "birch", region: "eu-west-1", accountId: "123456789012", release: "nutmeg", ci: "gitlab" },
      package: url,
    });
  });

  it("asks again what cannot be used, at once and in words of the question", async () => {
    const given = [
      ...[
        "beta corp",
        "shared-beta",
        "beta",
        "Ireland",
        "eu-west-1",
        "1234",
        "",
        "mapel",
        "maple",
        "jenkins",
        "gitlab",
      ],
      ...["", "latest", "1.2.3", "npm.example.com", "https://a:hidden@example.com/", "https://npm.example.com"],
    ];
    const { lines, answers } = await interview({}, ...given);

    expect(lines.filter((line) => line.startsWith("!")).map((line) => line.replace(/(; \S+ \S+) .*/, "$1"))).toEqual([
      '! The answer is "beta corp", which is no client\'s name: two or more of a-z, 0-9 and single - are allowed, with a letter at the start and none of - at the end.',
      '! The answer is "shared-beta", which is no client\'s name: `shared-…` are names of shared stacks.',
      '! The answer is "Ireland"; a region',
      '! The answer is "1234"; an account',
      '! The answer is "mapel"; ficus, ginkgo,',
      '! The answer is "jenkins"; github, gitlab,',
      '! The answer is ""; the path',
      '! The answer is "latest"; the path',
      '! The answer is "npm.example.com"; a URL',
      "! The answer has a password or token, which would be in git. Leave it out; npm reads",
    ]);
    expect(lines.join()).not.toMatch(/--\w/);
    expect(answers).toEqual({
      ...{ client: "beta", region: "eu-west-1", accountId: "123456789012", release: "maple", ci: "gitlab" },
      ...{ package: "1.2.3", registry: "https://npm.example.com" },
    });
  });

  it("refuses what options say before it asks", async () => {
    await expect(interview({ region: "Ireland" })).rejects.toThrow(/^--region is "Ireland"; /);
  });
});
