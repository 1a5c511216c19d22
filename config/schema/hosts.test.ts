import { type Changes, mistakes } from "../../test/client-files";

describe("a field of hosts and director", () => {
  it.each<[Changes, string[]]>([
    [
      { "director.sshFrom": undefined },
      [
        '`director.sshFrom` is missing; a list is required. Add it, as in `sshFrom: ["203.0.113.0/24"]`, or write `director: { existing: … }`.',
      ],
    ],
    [
      { director: {} },
      [
        '`director.keyPair` is missing; `{ … }` or `{ existing: … }` is required. Add it, as in `keyPair: { existing: "acme-analytics" }`, or write `director: { existing: … }`.',
        '`director.sshFrom` is missing; a list is required. Add it, as in `sshFrom: ["203.0.113.0/24"]`, or write `director: { existing: … }`.',
      ],
    ],
    [
      { "director.sshFrom": [] },
      [
        "`director.sshFrom` is []; one range or more is required. Name who may SSH to the director, or set `sessionManager: true`.",
      ],
    ],
    [
      { "director.sshFrom": ["203.0.113.7"] },
      [
        '`director.sshFrom.0` is "203.0.113.7"; an IPv4 range in CIDR notation is required, as in 203.0.113.0/24. Did you mean "203.0.113.7/32"?',
      ],
    ],
    [
      { "director.sshFrom": ["203.0.113.7/24"] },
      [
        '`director.sshFrom.0` is "203.0.113.7/24"; AWS keeps a CIDR with its host bits zero, as in 203.0.113.0/24. Clear the bits behind the mask.',
      ],
    ],
    [
      { "director.sshFrom": ["::/0"] },
      [
        '`director.sshFrom.0` is "::/0"; IPv6 is not supported, an IPv4 range is required, as in 203.0.113.0/24. Name one.',
      ],
    ],
    [
      { "hosts.keyPair": {} },
      [
        '`hosts.keyPair.publicKey` is missing; text is required. Add it, as in `publicKey: "…"`, or write `hosts.keyPair: { existing: … }`.',
      ],
    ],
    [
      { "hosts.keyPair.existing": "y" },
      ["`hosts.keyPair.publicKey` has no effect beside `existing`. Remove the one that is not meant."],
    ],
    [
      { "hosts.keyPair.publicKey": "-----BEGIN PRIVATE KEY-----" },
      [
        "`hosts.keyPair.publicKey` looks like a secret, and client files are committed. Take it out; docs/configuration-files.md says where secrets go.",
      ],
    ],
    [
      { "hosts.keyPair.publicKey": "ssh-ed25519 A" },
      [
        '`hosts.keyPair.publicKey` is "ssh-ed25519 A"; one whole line of an OpenSSH public key, ssh-ed25519 or ssh-rsa, is required. Paste the contents of the .pub file.',
      ],
    ],
    [
      { "hosts.keyPair": { existing: "k".repeat(256) } },
      [`\`hosts.keyPair.existing\` is "${"k".repeat(76)}...; AWS takes 255 characters here. Shorten it.`],
    ],
    ...["t4g.medium", "a1.large", "c7gn.large"].map((instanceType): [Changes, string[]] => [
      { "director.instanceType": instanceType },
      [
        `\`director.instanceType\` is "${instanceType}"; Graviton runs arm64, and the images are amd64. Choose a type of Intel's or AMD's, as in \`t3.medium\`.`,
      ],
    ]),
    [
      { "hosts.keyPair": undefined },
      [
        '`hosts.keyPair` is missing; `{ … }` or `{ existing: … }` is required. Add it, as in `keyPair: { existing: "acme-analytics" }`.',
      ],
    ],
    [
      { "hosts.securityGroup.webFrom": ["0.0.0.0"] },
      [
        '`hosts.securityGroup.webFrom.0` is "0.0.0.0"; an IPv4 range in CIDR notation is required, as in 203.0.113.0/24. Did you mean "0.0.0.0/0"?',
      ],
    ],
    ...(
      [
        [
          "2001:db8::7",
          'an IPv6 range in CIDR notation is required, as in 2001:db8::/32. Did you mean "2001:db8::7/128"?',
        ],
        [
          "2001:db8::/129",
          "an IPv6 range in CIDR notation is required, as in 2001:db8::/32. Write address and mask length.",
        ],
        ["2001:0DB8:0::/32", 'AWS keeps an IPv6 range in its short form. Did you mean "2001:db8::/32"?'],
        [
          "2001:db8::7/32",
          "AWS keeps a CIDR with its host bits zero, as in 2001:db8::/32. Clear the bits behind the mask.",
        ],
        ...["::1/128", "::ffff:c633:6400/120", "fe80::/64", "ff02::/16"].map((range) => [
          range,
          "no host has an address of ::/8, fe80::/10, ff00::/8. Write the range of those who see Insights.",
        ]),
      ] as [string, string][]
    ).map(([range, said]): [Changes, string[]] => [
      { "hosts.securityGroup.webFrom": [range] },
      [`\`hosts.securityGroup.webFrom.0\` is "${range}"; ${said}`],
    ]),
    [
      { "hosts.securityGroup.webFrom": [7] },
      ['`hosts.securityGroup.webFrom.0` is 7; text is required. Put it in quotes, as in `"203.0.113.0/24"`.'],
    ],
    [
      { "hosts.securityGroup.webFrom": [] },
      ["`hosts.securityGroup.webFrom` is []; one range or more is required. Name who may see Insights."],
    ],
    [
      { "hosts.iterations": { "1": { diskGiB: "50" } } },
      ['`hosts.iterations.1.diskGiB` is "50"; a number is required. Write one, as in `50`.'],
    ],
    [
      { "hosts.iterations": { "1": { diskGiB: 4 } } },
      [
        "`hosts.iterations.1.diskGiB` is 4; a whole number from 8 to 16384 is allowed. Set the size of the root volume in GiB, 50 in the runbook.",
      ],
    ],
    [
      { "hosts.iterations": { "1": { diskType: "io1" } } },
      ['`hosts.iterations.1.diskType` is "io1"; "gp2", "gp3" are allowed. Choose one.'],
    ],
    [
      { "hosts.iterations": { "1": { instanceType: "medium" } } },
      [
        '`hosts.iterations.1.instanceType` is "medium"; an EC2 instance type is required, as in `t3.medium`. See `aws ec2 describe-instance-types`.',
      ],
    ],
    [
      { "hosts.iterations": { "1": { ami: "ubuntu" } } },
      [
        '`hosts.iterations.1.ami` is "ubuntu"; an id is required, as in `ami-0a1b2c3d4e5f67890`. See `aws ec2 describe-images`.',
      ],
    ],
    [
      { "hosts.iterations": { one: {} } },
      [
        '`hosts.iterations.one` is the key "one"; an iteration is a whole number from 1 in quotes, as in "2". Number it one above the last.',
      ],
    ],
    [
      { "hosts.iterations": { "1": { layout: "cluster" } } },
      ['`hosts.iterations.1.layout` is "cluster"; "single", "separate" are allowed. Choose one.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it.each<Changes>([
    { "hosts.keyPair": { existing: "o'neil | 2" } },
    ...["g4dn.xlarge", "m6i.large", "t3a.medium"].map((instanceType) => ({ "director.instanceType": instanceType })),
  ])("may be %j", (changes) => {
    expect(mistakes(changes)).toEqual([]);
  });
});
