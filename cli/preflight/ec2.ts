import type { Client } from "../../config/client";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import { type Answer, ask, type Context, type Finding, ok, refused } from "./finding";

/** Images and instance types of the stack's hosts. */
export async function* ec2Findings(context: Context, { network }: Client): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  const hosts = resources.of("aws_instance");
  const patterns = resources.lookedUp().filter(({ type }) => type === "aws_ami");
  const [image] = patterns;
  if (image !== undefined) {
    yield await ask(`Ubuntu ${/-(\d\d\.\d\d)-/.exec(patternOf(image))?.[1]}`, () => newestAnswer(context, image));
  }
  for (const host of hosts) {
    const ami = String(host.arguments.ami);
    if (!ami.includes("${")) {
      yield await ask(ami, () => imageAnswer(context, ami, fieldOf(host.address)));
    }
  }
  const zone = network.vpc === "existing" ? undefined : network.zones[0];
  const types = new Map(hosts.map((host) => [String(host.arguments.instance_type), fieldOf(host.address)]));
  for (const [instanceType, field] of types) {
    yield await ask(instanceType, () => offerAnswer(context, zone, instanceType, field));
  }
}

function patternOf({ arguments: { filter } }: StackResource): string {
  const filters = filter as readonly { readonly name: string; readonly values: readonly string[] }[];
  return filters.find(({ name }) => name === "name")?.values[0] ?? "";
}

async function newestAnswer({ aws }: Context, image: StackResource): Promise<Answer> {
  const [owner = ""] = image.arguments.owners as readonly string[];
  const [newest] = (await aws.ec2.imagesNamed(owner, patternOf(image)))
    .map(({ CreationDate = "", ImageId }) => `${CreationDate} ${ImageId}`)
    .sort()
    .reverse();
  return newest === undefined
    ? refused(`has no image of Canonical's in ${aws.region}. Give an \`ami\`, of one copied from elsewhere.`)
    : ok(`newest image of Canonical's: ${newest.split(" ")[1]}, ${newest.slice(0, 10)}`);
}

async function imageAnswer({ aws }: Context, ami: string, field: string): Promise<Answer> {
  const image = await aws.ec2.image(ami);
  if (image === undefined) {
    return refused(`does not exist in ${aws.region}. Correct \`${field}.ami\`.`);
  }
  return image.Architecture === "x86_64"
    ? ok(`exists: ${image.Name}`)
    : refused(`is for ${image.Architecture}; the runbook's software is for x86_64. Correct \`${field}.ami\`.`);
}

/** An instance type may be offered in a region and yet not in each of its zones. */
async function offerAnswer(
  { aws }: Context,
  zone: string | undefined,
  instanceType: string,
  field: string,
): Promise<Answer> {
  const place = zone ?? aws.region;
  return (await aws.ec2.offers(instanceType, zone === undefined ? "region" : "availability-zone", place))
    ? ok(`is offered in ${place}`)
    : refused(`is not offered in ${place}. Change \`${field}.instanceType\`, or the zone.`);
}
