import { DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import example from "../../clients/example";
import { asked, ec2, readyAccount } from "../../test/ready-account";

beforeEach(readyAccount);

it("an existing key pair of the hosts has to be one that Jenkins reads; the director's is for people", async () => {
  ec2
    .on(DescribeKeyPairsCommand, { KeyNames: ["by-hand"] })
    .resolves({ KeyPairs: [{ KeyName: "by-hand", KeyType: "ed25519" }] });
  const keyPair = { existing: "by-hand" };

  expect((await asked({ hosts: { keyPair } })).notOk).toEqual([
    expect.stringContaining("warning key pair by-hand exists, and is an ed25519 key: Jenkins logs in to EMR clusters"),
  ]);
  const director = { ...(example.director as object), keyPair } as typeof example.director;
  expect((await asked({ director })).notOk).toEqual([]);
});
