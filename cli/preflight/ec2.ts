import type { Client } from "../../config/client";
import { attributesOf } from "../../resources/attributes";
import { fieldOf } from "../client-fields";
import { type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";

interface ImagesLookedUp {
  readonly owners: readonly string[];
  readonly filter: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** Images and instance types of the stack's hosts. */
export async function* ec2Findings({ aws, lookUp, hasState }: Context, { network }: Client): AsyncGenerator<Finding> {
  const { ec2, region } = aws;
  const images = lookUp.resources.lookedUp.find(({ type }) => type === "aws_ami");
  if (images !== undefined) {
    const { owners, filter } = images.arguments as unknown as ImagesLookedUp;
    const pattern = filter.find(({ name }) => name === "name")?.values[0] ?? "";
    yield await ask(`Ubuntu ${/-(\d\d\.\d\d)-/.exec(pattern)?.[1]}`, async () => {
      const found = await ec2.imagesNamed(owners[0] ?? "", pattern);
      const newest = found.map(({ CreationDate = "", ImageId }) => `${CreationDate.slice(0, 10)} ${ImageId}`);
      const [date, id] = newest.sort().at(-1)?.split(" ") ?? [];
      return id === undefined
        ? refused(`has no image of Canonical's in ${region}. Give an \`ami\`, of one copied from elsewhere.`)
        : ok(`newest image of Canonical's: ${id}, ${date}`);
    });
  }
  const hosts = lookUp.resources.of("aws_instance").map(({ address, arguments: { ami, instance_type } }) => ({
    field: fieldOf(address),
    ami: String(ami),
    instanceType: String(instance_type),
  }));
  for (const { ami, field } of hosts.filter((host) => !host.ami.includes("${"))) {
    yield await ask(ami, async () => {
      const image = await ec2.image(ami);
      if (image === undefined) {
        return refused(`does not exist in ${region}. Correct \`${field}.ami\`.`);
      }
      return image.Architecture === "x86_64"
        ? ok(`exists: ${image.Name}`)
        : refused(`is for ${image.Architecture}; the runbook's software is for x86_64. Correct \`${field}.ami\`.`);
    });
  }
  const optional = lookUp.resources.of("aws_instance").filter(({ arguments: { metadata_options: options } }) => {
    return attributesOf(options).http_tokens === "optional";
  });
  if (optional.length > 0) {
    yield await ask("IMDSv2 of the account", async () => {
      if ((await ec2.metadataDefaults()).HttpTokensEnforced !== "enabled") {
        return ok("is not enforced: Jenkins' host, which needs IMDSv1, can start");
      }
      const text = `is enforced in ${region} (HttpTokensEnforced), so Jenkins' host does not start, nor does a cluster of EMR 4: they need IMDSv1. Turn it off: \`aws ec2 modify-instance-metadata-defaults --region ${region} --http-tokens-enforced disabled\`.`;
      // What is deployed goes on running.
      return (await hasState()) ? warning(text) : refused(text);
    });
  }
  // A type may be offered in a region and yet not in each of its zones.
  const zone = network.vpc === "existing" ? undefined : network.zones[0];
  const [kind, place] = zone === undefined ? (["region", region] as const) : (["availability-zone", zone] as const);
  for (const [type, field] of new Map(hosts.map(({ instanceType, field }) => [instanceType, field]))) {
    yield await ask(type, async () =>
      (await ec2.offers(type, kind, place)).length > 0
        ? ok(`is offered in ${place}`)
        : refused(`is not offered in ${place}. Change \`${field}.instanceType\`, or the zone.`),
    );
  }
}
