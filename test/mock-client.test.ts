import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { mockClient } from "./mock-client";

const ec2 = mockClient(EC2Client);
const client = new EC2Client({ region: "eu-west-1" });

afterEach(() => ec2.reset());

it("answers by the command, and what its input has, the last that was said", async () => {
  ec2.onAnyCommand().resolves({});
  ec2.on(DescribeVpcsCommand).resolves({ NextToken: "any" });
  ec2.on(DescribeVpcsCommand, { VpcIds: ["vpc-1"] }).resolves({ NextToken: "one" });

  expect(await client.send(new DescribeVpcsCommand({ VpcIds: ["vpc-1"], MaxResults: 5 }))).toEqual({
    NextToken: "one",
  });
  expect(await client.send(new DescribeVpcsCommand({ VpcIds: ["vpc-1", "vpc-2"] }))).toEqual({ NextToken: "any" });
  expect(await client.send(new DescribeVpcsCommand())).toEqual({ NextToken: "any" });
  expect(await client.send(new DescribeSubnetsCommand())).toEqual({});
});

it("takes an undefined field for one that is absent", async () => {
  ec2.on(DescribeVpcsCommand, { NextToken: undefined }).resolves({ NextToken: "first" });

  expect(await client.send(new DescribeVpcsCommand({ MaxResults: 5 }))).toEqual({ NextToken: "first" });
  expect(await client.send(new DescribeVpcsCommand({ NextToken: "first" }))).toBeUndefined();
});

it("raises an error, and one of a fake, as a promise does", async () => {
  ec2.on(DescribeVpcsCommand).rejects(new Error("AccessDenied"));
  ec2.on(DescribeSubnetsCommand).callsFake(({ SubnetIds }) => {
    throw new Error(`no ${SubnetIds[0]}`);
  });

  await expect(client.send(new DescribeVpcsCommand())).rejects.toThrow("AccessDenied");
  await expect(client.send(new DescribeSubnetsCommand({ SubnetIds: ["subnet-1"] }))).rejects.toThrow("no subnet-1");
});

it("knows what it was asked, until it is reset", async () => {
  await client.send(new DescribeVpcsCommand({ VpcIds: ["vpc-1"] }));
  await client.send(new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: ["vpc-1"] }] }));

  expect(ec2.calls().map(({ args }) => args[0].constructor.name)).toEqual([
    "DescribeVpcsCommand",
    "DescribeSubnetsCommand",
  ]);
  expect(ec2.commandCalls(DescribeVpcsCommand)[0]?.args[0].input).toEqual({ VpcIds: ["vpc-1"] });
  expect(ec2.commandCalls(DescribeVpcsCommand, { VpcIds: ["vpc-2"] })).toEqual([]);
  ec2.reset();
  expect(ec2.calls()).toEqual([]);
});
