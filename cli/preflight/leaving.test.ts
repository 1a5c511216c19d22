import { clientOf } from "../../test/client-files";
import { asked, readyAccount, withState } from "../../test/ready-account";

beforeEach(readyAccount);

const rowsOn = async (held: Readonly<Record<string, object>>) => {
  withState(held);
  const { rows } = await asked({}, clientOf());
  return rows.filter((row) => Object.keys(held).some((address) => row.includes(address)));
};

describe("what a deploy destroys", () => {
  it("is nothing that holds data, where the file still has it all", async () => {
    withState({ "aws_db_instance.database_1": { id: "example-analytics" } });

    expect((await asked()).rows).toContain("ok what a deploy destroys is nothing that holds data");
  });

  it("is a host of a retired iteration or another layout, and the domain of an earlier release", async () => {
    expect(
      await rowsOn({
        "aws_instance.analytics_9": { id: "i-9" },
        "aws_elasticsearch_domain.search_earlier": { id: "arn:aws:es:eu-west-1:123456789012:domain/old" },
      }),
    ).toEqual([
      "warning aws_instance.analytics_9 i-9 is no longer in the file, and a deploy destroys it with its disks. If it is still needed, put it back: docs/operations.md.",
      expect.stringMatching(
        /^warning aws_elasticsearch_domain\.search_earlier .*:domain\/old is no longer in the file/,
      ),
    ]);
  });

  it("is refused where AWS refuses half-way: what is still protected", async () => {
    expect(
      await rowsOn({
        "aws_db_instance.database_9": { id: "db-9", deletion_protection: true },
        "aws_s3_bucket.buckets_hadoop": { id: "example-hadoop", force_destroy: false },
      }),
    ).toEqual([
      expect.stringMatching(
        /^refused aws_db_instance\.database_9 db-9 .* with its databases\. AWS refuses, as it is protected/,
      ),
      expect.stringMatching(/^refused aws_s3_bucket\.buckets_hadoop example-hadoop .* with its objects\. AWS refuses/),
    ]);
  });

  it("is nothing that can be created again, or that a plan moves", async () => {
    expect(await rowsOn({ "aws_security_group.former": { id: "sg-9" } })).toEqual([]);
  });
});
