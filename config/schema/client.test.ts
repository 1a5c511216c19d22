import { type Changes, mistakes } from "../../test/client-files";

describe("a field of the client", () => {
  it.each<[Changes, string[]]>([
    [
      { name: "Acme" },
      [
        '`name` is "Acme"; a client\'s name is two or more of a-z, 0-9 and single -, starts with a letter and does not end with -. Rename client and file.',
      ],
    ],
    [
      { name: "a" },
      [
        '`name` is "a"; a client\'s name is two or more of a-z, 0-9 and single -, starts with a letter and does not end with -. Rename client and file.',
      ],
    ],
    [
      { name: "acme-" },
      [
        '`name` is "acme-"; a client\'s name is two or more of a-z, 0-9 and single -, starts with a letter and does not end with -. Rename client and file.',
      ],
    ],
    [{ name: undefined }, ["`name` is missing; text is required. Add it, see clients/example.ts."]],
    [
      { region: "Ireland" },
      [
        '`region` is "Ireland"; a region of the commercial partition is required, as in `eu-west-1`. Use its code, not its name.',
      ],
    ],
    [
      { region: "us-gov-west-1" },
      [
        '`region` is "us-gov-west-1"; a region of the commercial partition is required, as in `eu-west-1`. Use its code, not its name.',
      ],
    ],
    [{ accountId: 123456789012 }, ["`accountId` is 123456789012; text is required. Put it in quotes."]],
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
        '`state.keyPrefix` is "/x/"; a key prefix is letters, digits, ., _, - and /, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [{ state: undefined }, ["`state` is missing; an object is required. Add it, see clients/example.ts."]],
    [
      { deployRoleArn: "deploy" },
      [
        '`deployRoleArn` is "deploy"; the ARN of an IAM role is required, as in `arn:aws:iam::123456789012:role/deploy`. See `aws iam get-role`.',
      ],
    ],
    [
      { tags: { "aws:x": "y" } },
      [
        '`tags.aws:x` is "aws:x"; a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws:. Rename it.',
      ],
    ],
    [
      { tags: { managedby: "x" } },
      [
        '`tags.managedby` is "managedby"; `Project`, `Client` and `ManagedBy` are tags of the project\'s own. Rename it.',
      ],
    ],
    [
      { tags: { "AWS:x": "y" } },
      [
        '`tags.AWS:x` is "AWS:x"; a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws:. Rename it.',
      ],
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 46 }, (_, index) => [`t${index}`, ""])) },
      [
        '`tags` is {"t0":"","t1":"","t2":"","t3":"","t4":"","t5":"","t6":"","t7":"","t8":"","t9"...; AWS takes 50 tags, of which the project needs five. Leave 45 or fewer.',
      ],
    ],
    [
      { securityGroupDescriptions: { analytics: "d".repeat(256) } },
      [`\`securityGroupDescriptions.analytics\` is "${"d".repeat(76)}...; AWS takes 255 characters here. Shorten it.`],
    ],
    [
      { tags: { Team: "a|b" } },
      ['`tags.Team` is "a|b"; a tag value is at most 256 letters, digits, blanks and _.:/=+@-. Shorten it.'],
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
    [
      { pgpKey: `lQOY${"A".repeat(200)}` },
      [
        `\`pgpKey\` is "lQOY${"A".repeat(72)}...; a public PGP key in base64 without armour, or keybase:name, is required. Try \`gpg --export KEY | base64 -w0\`.`,
      ],
    ],
    [{ protected: "yes" }, ['`protected` is "yes"; true or false is required. Write one.']],
    [
      { existingSecurityGroups: { analytics: "analytics" } },
      [
        '`existingSecurityGroups.analytics` is "analytics"; an id is required, as in `sg-0a1b2c3d4e5f67890`. See `aws ec2 describe-security-groups`.',
      ],
    ],
    [
      { names: { analyticsRole: "" } },
      ['`names.analyticsRole` is ""; a name has a character or more. Remove the field for the default.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it.each(["keybase:operator", `mQENB${"A".repeat(200)}==`, `xsBN\n${"A".repeat(200)}\n`])(
    "may have the PGP key %j",
    (pgpKey) => {
      expect(mistakes({ pgpKey })).toEqual([]);
    },
  );

  it("may have tags in any language", () => {
    expect(mistakes({ tags: { Büro: "Zürich" } })).toEqual([]);
  });
});
