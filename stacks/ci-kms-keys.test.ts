import type { ClientInput } from "../config/schema/client";
import { allowing, ci, statements } from "../test/ci-stacks";
import { changed } from "../test/client-files";
import { keys, withKeys } from "../test/kms-client";

const other = keys.hosts.replace("123456789012", "999999999999");

function boundary(hosts: string) {
  const fields = changed({ ...withKeys, "hosts.backups": {}, "hosts.iterations.1.kmsKeyId": hosts });
  return statements(ci(fields as Partial<ClientInput>), "boundary").filter(({ actions }) => actions !== undefined);
}

describe("what limits the role of backups", () => {
  it("lets it use a hosts' key of another account, by its ARN, and the account's own as without", () => {
    const granted = (key: string) => allowing(boundary(key), "kms:CreateGrant").flatMap(({ resources }) => resources);
    const own = "arn:aws:kms:eu-west-1:123456789012:key/*";

    expect(granted(other)).toEqual([own, other]);
    expect(granted(keys.hosts)).toEqual([own]);
  });
});
