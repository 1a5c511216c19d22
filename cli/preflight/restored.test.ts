import { type DBInstance, DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { asked, rds, readyAccount } from "../../test/ready-account";

beforeEach(readyAccount);

const whole = { Engine: "mysql", EngineVersion: "8.0.42", MasterUsername: "root", AllocatedStorage: 20 };

async function about(restoreFrom: object, others: object = {}): Promise<readonly string[]> {
  const { rows } = await asked({
    database: { active: "2", retired: ["1"], iterations: { "2": { restoreFrom, ...others } } },
  } as Parameters<typeof asked>[0]);
  return rows.filter((row) => / (snapshot before|RDS example-analytics) /.test(row));
}

describe("the snapshot that a database is restored from", () => {
  const given = (snapshot: object) =>
    rds
      .on(DescribeDBSnapshotsCommand, { DBSnapshotIdentifier: "before" })
      .resolves({ DBSnapshots: [{ ...whole, Encrypted: true, Status: "available", ...snapshot }] });
  const answer = () => about({ snapshot: "before" });

  it("can be restored", async () => {
    given({});

    expect(await answer()).toEqual(["ok snapshot before can be restored"]);
  });

  it("exists", async () => {
    expect(await answer()).toEqual([
      expect.stringMatching(
        /^refused snapshot before does not exist in eu-west-1. Correct `database.iterations.2.restoreFrom`/,
      ),
    ]);
  });

  it("is complete, and has what Terraform would replace the instance for", async () => {
    given({
      Status: "creating",
      EngineVersion: "5.7.44",
      MasterUsername: "admin",
      Encrypted: false,
      AllocatedStorage: 40,
    });

    expect(await answer()).toEqual([
      "refused snapshot before is creating, and cannot be restored yet; is of MySQL 5.7.44, and `engineVersion` is 8.0; has the master user admin, and `masterUser` is root; is not encrypted, and `encrypted` is true; has 40 GiB, and `storageGiB` is 20. Correct `database.iterations.2`.",
    ]);
  });

  it("has the version of the file, where that names a patch", async () => {
    given({ EngineVersion: "8.0.40" });
    const of = async (engineVersion: string) =>
      (await about({ snapshot: "before" }, { engineVersion })).map((row) => row.split(";")[0]);

    expect(await of("8.0")).toEqual(["ok snapshot before can be restored"]);
    expect(await of("8.0.42")).toEqual([
      "refused snapshot before is of MySQL 8.0.40, and `engineVersion` is 8.0.42. Correct `database.iterations.2`.",
    ]);
  });

  it("is not looked for once the instance exists", async () => {
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics-2" })
      .resolves({ DBInstances: [whole] });

    expect(await answer()).toEqual([]);
  });
});

describe("the instance that a database is restored from", () => {
  const given = (instance: Partial<DBInstance>) =>
    rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" }).resolves({
      DBInstances: [
        {
          ...whole,
          StorageEncrypted: true,
          BackupRetentionPeriod: 14,
          LatestRestorableTime: new Date("2026-11-26T10:00:00Z"),
          ...instance,
        },
      ],
    });
  const answer = (at: string) => about({ instance: "example-analytics", at });

  it.each(["latest", "2026-11-26T09:30:00Z"])("can be restored: %s", async (at) => {
    given({});

    expect(await answer(at)).toEqual(["ok RDS example-analytics can be restored"]);
  });

  it("has backups, and of that time", async () => {
    given({});
    expect(await answer("2026-11-26T10:30:00Z")).toEqual([
      "refused RDS example-analytics can be restored up to 2026-11-26T10:00:00.000Z, and `at` is 2026-11-26T10:30:00Z. Correct `database.iterations.2`.",
    ]);

    given({ BackupRetentionPeriod: 0 });
    expect(await answer("latest")).toEqual([
      "refused RDS example-analytics has no automated backups. Correct `database.iterations.2`.",
    ]);
  });
});
