import { type Changes, mistakes } from "../../test/client-files";

describe("a field of edxapp", () => {
  it.each<[Changes, string[]]>([
    [
      { "edxapp.userArn": "edxapp" },
      [
        '`edxapp.userArn` is "edxapp"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.userArn": "arn:aws:iam::123456789012:user/x/" },
      [
        '`edxapp.userArn` is "arn:aws:iam::123456789012:user/x/"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.userArn": "arn:aws:iam::123456789012:root" },
      [
        '`edxapp.userArn` is "arn:aws:iam::123456789012:root"; the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.',
      ],
    ],
    [
      { "edxapp.gradesBucket.name": "Bucket" },
      [
        '`edxapp.gradesBucket.name` is "Bucket"; a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.',
      ],
    ],
    [
      { "edxapp.gradesBucket.access": "overwrite" },
      [
        '`edxapp.gradesBucket.access` is "overwrite"; "new-policy", "merge-policy", "leave-policy", "user-policy", "print" are allowed. Choose one.',
      ],
    ],
    [
      { "edxapp.gradesBucket.access": undefined },
      [
        '`edxapp.gradesBucket.access` is missing; one of "new-policy", "merge-policy", "leave-policy", "user-policy", "print" is required. Add it, see clients/example.ts.',
      ],
    ],
    [
      { "edxapp.database.user": "edx'app" },
      [
        '`edxapp.database.user` is "edx\'app"; a MySQL user is 1 to 32 characters without blanks, quotes and braces. Take `EDXAPP_MYSQL_USER`.',
      ],
    ],
    [
      { "edxapp.database.identifier": undefined },
      [
        "`edxapp.database.identifier` is missing; the server is named by it, or by `address` with `securityGroupIds`. Set one.",
      ],
    ],
    [
      { "edxapp.database.identifier": undefined, "edxapp.database.address": "db.example.com" },
      ["`edxapp.database.securityGroupIds` is missing; beside `address` it is required. Copy the server's whole list."],
    ],
    [
      {
        "edxapp.database.address": "db.example.com:3306",
        "edxapp.database.identifier": undefined,
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
      },
      [
        '`edxapp.database.address` is "db.example.com:3306"; a host name without port and scheme is required. Put the port into `port`.',
      ],
    ],
    [
      {
        "edxapp.database.address": "db.example.com",
        "edxapp.database.port": 70000,
        "edxapp.database.identifier": undefined,
        "edxapp.database.securityGroupIds": ["sg-0a1b2c3d"],
      },
      ["`edxapp.database.port` is 70000; a whole number from 1 to 65535 is allowed. MySQL's port is 3306."],
    ],
    [
      { "edxapp.database.access": "vpn" },
      ['`edxapp.database.access` is "vpn"; "group-rules", "cidr-rules", "print" are allowed. Choose one.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});
