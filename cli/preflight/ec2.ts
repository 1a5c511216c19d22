import {
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeKeyPairsCommand,
} from "@aws-sdk/client-ec2";
import type { ClientConfig } from "../../clients/config/client";
import type { KeyPairConfig } from "../../clients/config/hosts";
import { namesOf } from "../../clients/config/names";
import { releases } from "../../clients/config/releases";
import { hostIterationsOf } from "../../clients/config/resolve";
import { canonical, imageName } from "../../modules/ubuntu-host";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused } from "./finding";

/** Key pairs, of which a region has one by each name, images, and instance types. */
export async function* ec2Findings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  const names = namesOf(client);
  const { hosts, director } = client;
  yield await keyPair(context, hosts.keyPair, names.analyticsKeyPair, "hosts.keyPair");
  if (director.keyPair) {
    yield await keyPair(context, director.keyPair, names.directorKeyPair, "director.keyPair");
  }

  const machines = [
    ...hostIterationsOf(client).map(({ key, ami, instanceType }) => ({
      ami,
      instanceType,
      field: `hosts.iterations.${key}`,
    })),
    ...(director.keyPair ? [{ ami: director.ami, instanceType: director.instanceType, field: "director" }] : []),
  ];
  const { ubuntu } = releases[client.release];
  if (machines.some(({ ami }) => ami === undefined)) {
    yield await ask(`Ubuntu ${ubuntu}`, () => ubuntuAnswer(context, ubuntu));
  }
  for (const { ami, field } of machines) {
    if (ami !== undefined) {
      yield await ask(ami, () => imageAnswer(context, ami, field));
    }
  }
  for (const [instanceType, field] of new Map(machines.map((machine) => [machine.instanceType, machine.field]))) {
    yield await ask(instanceType, () => offerAnswer(context, client, instanceType, field));
  }
}

async function keyPair(context: Context, config: KeyPairConfig, name: string, field: string): Promise<Finding> {
  const { aws, region } = context;
  const wanted = config.existing ?? name;
  return ask(`key pair ${wanted}`, async () => {
    const command = new DescribeKeyPairsCommand({ KeyNames: [wanted] });
    const answer = await aws.askIfThere("ec2:DescribeKeyPairs", aws.ec2.send(command), absent.keyPair);
    const found = answer?.KeyPairs?.[0];
    if (config.existing !== undefined) {
      return found ? ok("is there") : refused(`is missing in ${region}. Correct \`${field}\`, or give a public key.`);
    }
    return nameIsFree(context, found && (found.Tags ?? []), `Set \`${field}\` to { existing: "${name}" } to use it`);
  });
}

async function ubuntuAnswer({ aws, region }: Context, ubuntu: "16.04" | "20.04") {
  const answer = await aws.ask(
    "ec2:DescribeImages",
    aws.ec2.send(
      new DescribeImagesCommand({
        Owners: [canonical],
        IncludeDeprecated: true,
        Filters: [
          { Name: "name", Values: [imageName(ubuntu)] },
          { Name: "virtualization-type", Values: ["hvm"] },
        ],
      }),
    ),
  );
  const [newest] = (answer.Images ?? [])
    .map(({ CreationDate = "", ImageId }) => `${CreationDate} ${ImageId}`)
    .sort()
    .reverse();
  return newest === undefined
    ? refused(`has no image of Canonical's in ${region}. Give an \`ami\`, of one copied from elsewhere.`)
    : ok(`newest image of Canonical's: ${newest.split(" ")[1]}, ${newest.slice(0, 10)}`);
}

async function imageAnswer({ aws, region }: Context, ami: string, field: string) {
  const command = new DescribeImagesCommand({ ImageIds: [ami], IncludeDeprecated: true });
  const answer = await aws.askIfThere("ec2:DescribeImages", aws.ec2.send(command), absent.image);
  const image = answer?.Images?.[0];
  if (image === undefined) {
    return refused(`is missing in ${region}. Correct \`${field}.ami\`.`);
  }
  return image.Architecture === "x86_64"
    ? ok(`is there: ${image.Name}`)
    : refused(`is for ${image.Architecture}; the runbook's software is for x86_64. Correct \`${field}.ami\`.`);
}

/** An instance type may be offered in a region and yet not in each of its zones. */
async function offerAnswer({ aws, region }: Context, client: ClientConfig, instanceType: string, field: string) {
  const { network } = client;
  const zone = network.vpc === "existing" ? undefined : network.zones[0];
  const answer = await aws.ask(
    "ec2:DescribeInstanceTypeOfferings",
    aws.ec2.send(
      new DescribeInstanceTypeOfferingsCommand({
        LocationType: zone === undefined ? "region" : "availability-zone",
        Filters: [
          { Name: "instance-type", Values: [instanceType] },
          { Name: "location", Values: [zone ?? region] },
        ],
      }),
    ),
  );
  return (answer.InstanceTypeOfferings ?? []).length > 0
    ? ok(`is offered in ${zone ?? region}`)
    : refused(`is not offered in ${zone ?? region}. Change \`${field}.instanceType\`, or the zone.`);
}
