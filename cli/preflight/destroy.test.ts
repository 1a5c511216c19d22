import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { HeadBucketCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import example from "../../clients/example";
import { clientOf } from "../../test/client-files";
import { asked, ec2, iam, ownTags, rds, readyAccount, s3, withState } from "../../test/ready-account";

beforeEach(() => {
  readyAccount();
  withState();
});

const printed = {
  ...example.edxapp,
  gradesBucket: { ...example.edxapp.gradesBucket, access: "print" as const },
  database: { ...example.edxapp.database, access: "print" as const },
};
const destroy = (fields = {}) => asked(fields, clientOf({ protected: false, ...fields }), true);

describe("preflight of a destroy", () => {
  it("is content where nothing conflicts", async () => {
    expect((await destroy({ edxapp: printed })).notOk).toEqual([]);
  });

  it("says what is protected", async () => {
    expect((await asked({}, clientOf(), true)).notOk[0]).toMatch(
      /^refused protection is on for .*aws_db_instance\.database_1/,
    );
  });

  it("says what would make it hang, and what it would lose", async () => {
    ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [{ GroupId: "sg-1", Tags: ownTags }] });
    const edxapp = { DBInstanceIdentifier: "example-edxapp", VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-1" }] };
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [edxapp] });
    rds.on(DescribeDBSnapshotsCommand).resolves({ DBSnapshots: [{}] });
    iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: "AKIA1" }, { AccessKeyId: "AKIA2" }] });
    s3.on(HeadBucketCommand).resolves({ BucketRegion: "eu-west-1" });
    s3.on(ListObjectVersionsCommand).resolves({ Versions: [{}] });

    const { notOk } = await destroy({ edxapp: printed });

    for (const expected of [
      /^refused group \S.* has RDS example-edxapp in it, and the destroy would wait in vain/,
      /^refused keys of \S+ are AKIA1 and AKIA2, and the stack manages 1/,
      /^warning bucket example-analytics-emr is destroyed with all its objects/,
      /^refused final snapshot example-analytics-final exists already/,
    ]) {
      expect(notOk).toContainEqual(expect.stringMatching(expected));
    }
  });
});
