import { type Changes, clientOf, mistakes } from "../../test/client-files";

describe("a field of the client", () => {
  it.each<[Changes, string[]]>([
    [
      { region: "Ireland" },
      ['`region` is "Ireland"; a region of AWS\'s is required, as in `eu-west-1`. Use its code, not its name.'],
    ],
    [
      { region: "us-gov-west-1" },
      [
        '`region` is "us-gov-west-1"; it is of the partition aws-us-gov, and only the commercial one, aws, is supported. Name one of that.',
      ],
    ],
    [
      { accountId: 123456789012 },
      ['`accountId` is 123456789012; text is required. Put it in quotes, as in `"123456789012"`.'],
    ],
    [
      { accountId: "1234" },
      [
        '`accountId` is "1234"; an account id is 12 digits in quotes, as in "123456789012". See `aws sts get-caller-identity`.',
      ],
    ],
    [
      { release: "nutmeg.1" },
      [
        '`release` is "nutmeg.1"; "ficus", "ginkgo", "hawthorn", "ironwood", "juniper", "koa", "lilac", "maple", "nutmeg", "olive", "palm", "quince", "redwood", "sumac", "teak" are allowed. Did you mean "nutmeg"?',
      ],
    ],
    [{ naming: "custom" }, ['`naming` is "custom"; "runbook", "prefixed" are allowed. Choose one.']],
    [
      { "state.bucket": "Example_State" },
      [
        '`state.bucket` is "Example_State"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "state.keyPrefix": "/x/" },
      [
        '`state.keyPrefix` is "/x/"; a key prefix is letters, digits, ., _, - and /, with a letter or digit at both ends, and no //, /./ or /../. Rename it.',
      ],
    ],
    [
      { state: undefined },
      ['`state` is missing; an object is required. Add it, as in `state: { bucket: "acme-analytics" }`.'],
    ],
    [
      { deployRoleArn: "deploy" },
      [
        '`deployRoleArn` is "deploy"; the ARN of an IAM role is required, as in `arn:aws:iam::123456789012:role/deploy`. See `aws iam get-role`.',
      ],
    ],
    [
      { tags: { "aws:x": "y" } },
      [
        '`tags.aws:x` is the key "aws:x"; a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws: or rds:. Rename it.',
      ],
    ],
    [
      { tags: { managedby: "x" } },
      [
        '`tags.managedby` is the key "managedby"; the project sets `Project`, `Client` and `ManagedBy` itself. Rename it.',
      ],
    ],
    [
      { tags: { name: "x" } },
      [
        '`tags.name` is the key "name"; each resource has a `Name` of its own, by which the console, Ansible and people tell them apart. Rename it.',
      ],
    ],
    [
      { tags: { EdxAnalyticsBackups: "other" } },
      [
        '`tags.EdxAnalyticsBackups` is the key "EdxAnalyticsBackups"; Data Lifecycle Manager takes snapshots of hosts by it, which `hosts.backups` puts on. Remove it, and set `hosts.backups`.',
      ],
    ],
    [
      { tags: { "for-use-with-amazon-emr-managed-policies": "true" } },
      [
        '`tags.for-use-with-amazon-emr-managed-policies` is the key "for-use-with-amazon-emr-managed-policies"; EMR\'s service policy reaches what has it, and tags go to every resource. Remove it: `emr.servicePolicy: "v2"` puts it where it belongs.',
      ],
    ],
    [
      { tags: { "\u0421lient": "other" } },
      [
        '`tags.\u0421lient` is the key "\u0421lient"; a word has letters of one alphabet, and this one has some that only look like others. Write it again.',
      ],
    ],
    [
      { tags: { "AWS:x": "y" } },
      [
        '`tags.AWS:x` is the key "AWS:x"; a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws: or rds:. Rename it.',
      ],
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 46 }, (_, index) => [`t${index}`, ""])) },
      [
        '`tags` is {"t0":"","t1":"","t2":"","t3":"","t4":"","t5":"","t6":"","t7":"","t8":"","t9"...; AWS takes 50 tags, of which the project needs five. Leave 45 or fewer.',
      ],
    ],
    [
      { "hosts.securityGroup": { description: "d".repeat(256) } },
      [`\`hosts.securityGroup.description\` is "${"d".repeat(76)}...; AWS takes 255 characters here. Shorten it.`],
    ],
    [
      { tags: { Team: "a|b" } },
      [
        '`tags.Team` is "a|b"; a tag value is at most 256 letters, digits, blanks and _.:/=+@-, and does not start with aws: or rds:. Change it.',
      ],
    ],
    [
      { pgpKey: "-----BEGIN PGP PUBLIC KEY BLOCK-----" },
      [
        '`pgpKey` is "-----BEGIN PGP PUBLIC KEY BLOCK-----"; a public PGP key in base64 without armour, or keybase:name, is required. Try `gpg --export KEY | base64 -w0`.',
      ],
    ],
    [
      { pgpKey: "hello" },
      [
        '`pgpKey` is "hello"; a public PGP key in base64 without armour, or keybase:name, is required. Try `gpg --export KEY | base64 -w0`.',
      ],
    ],
    [{ protected: "yes" }, ['`protected` is "yes"; true or false is required. Write one.']],
    [
      { "hosts.securityGroup": { existing: "analytics" } },
      [
        '`hosts.securityGroup.existing` is "analytics"; an id is required, as in `sg-0a1b2c3d4e5f67890`. See `aws ec2 describe-security-groups`.',
      ],
    ],
    [
      { "hosts.role": { name: "" } },
      [
        '`hosts.role.name` is ""; a name has a character or more. Write one, or remove the field where it has a default.',
      ],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it("may have tags in any language", () => {
    expect(mistakes({ tags: { Büro: "Zürich", "Проект 5": "Курсы", "µs or Ομάδα": "x", Names: "x" } })).toEqual([]);
  });
});

const github = (fields: object) => ({ ci: { github: { repository: "acme/infrastructure", ...fields } } });

describe("the CI of a client", () => {
  it.each<[string, Changes]>([
    ["GitHub's", github({ branch: "release/1.x", environment: "aws-live", identityProvider: { existing: true } })],
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
      '`ci.github.repository` is "https://github.com/acme/infrastructure"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL and .git.',
    ],
    [
      github({ repository: "acme/*" }),
      '`ci.github.repository` is "acme/*"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL and .git.',
    ],
    [
      github({ repository: "acme@123456/infrastructure" }),
      '`ci.github.repository` is "acme@123456/infrastructure"; a repository is owner/name, as in `acme/infrastructure`, or owner@id/name@id, as in `acme@123456/infrastructure@456789`. Write one of both, without a URL and .git.',
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
      '`ci.github.identityProvider` is "make"; `{}` or `{ existing: true }` is allowed. Write one of both.',
    ],
    [
      { ci: { gitlab: { project: "infrastructure" } } },
      '`ci.gitlab.project` is "infrastructure"; a project is its path with all groups, as in `acme/infrastructure`. Write it without a URL and .git.',
    ],
    [
      { ci: { gitlab: { project: "acme/infrastructure", host: "https://gitlab.example.com" } } },
      '`ci.gitlab.host` is "https://gitlab.example.com"; a host name is required, as in `gitlab.example.com`. Leave out https:// and what follows the host.',
    ],
  ])("says what is wrong with %j", (changes, message) => {
    expect(mistakes(changes)).toEqual([message]);
  });
});

describe("configurationFiles", () => {
  it("may be left out: what the files miss is said when they are rendered", () => {
    expect(clientOf().configurationFiles).toEqual({
      gitPath: "edx",
      jenkins: {
        credentialId: "github-deploy-key",
        gitUser: "git",
        emrPrivateKey: "/home/ubuntu/secure-config/analytics.pem",
        commonVars: "",
      },
      calendarEnd: "2040-01-01",
      taskInstances: { count: 2, type: "m4.large" },
      extra: { varsAnalytics: {}, emrVars: {}, jenkinsEnv: {}, analyticsOverride: {} },
    });
  });

  it.each([
    ["lmsUrl", "courses.example.org", "scheme and host name are required, as in `https://courses.example.org`."],
    ["lmsUrl", "https://courses.example.org/login", "Leave out what comes behind them."],
    ["contactEmail", "analytics", "an e-mail address is required, as in `analytics@example.org`."],
    ["startDate", "01.02.2016", "a day is required, as in `2016-01-01`."],
    ["clusterName", "two\nlines", "one line of text without blanks at its ends is required."],
    ["clusterName", " Acme", "one line of text without blanks at its ends is required."],
    ["mysqlConnectorVersion", "5.1", "a version is required, as in `5.1.47`."],
    ["secureRepository", { url: "https://git:pw@example.org/x", version: "main" }, "looks like a secret"],
    ["s3Logs.accessKeyId", "hidden", "an access key id of a user is required"],
    ["taskInstances.count", -1, "a whole number from 0 to 1000 is allowed."],
    ["extra", { jenkinsEnv: { "A-B": "x" } }, "a variable is letters, digits and _, and starts with no digit."],
    ["extra", { analyticsOverride: { hive: { "A B": "x" } } }, "a key is a-z, 0-9, _, . and -."],
  ])("%s: %j is a mistake", (field, value, message) => {
    expect(mistakes({ [`configurationFiles.${field}`]: value }).join("\n")).toContain(message);
  });
});
