import type { LookUp } from "../look-up";
import { conflict, found, notFound, type Outcome } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { existing, isLeft } from "./rules";

export const elasticIp = [
  resourceType("aws_eip", {
    holds: "the address that DNS and firewalls know",
    find: async (_, lookUp) => {
      const [association] = lookUp.resources.of("aws_eip_association");
      const instanceId = association && (await lookUp.text(association, "instance_id"));
      const address = instanceId && (await lookUp.aws.ec2.address(instanceId));
      return address ? found(address.AllocationId) : onAnotherHost(lookUp);
    },
    alarms: {
      create: (_, plan) => [
        existing(plan, "aws_instance").some(({ address }) => address !== "aws_instance.director") &&
          access`is a new address, in the place of the public one that the host has, and that DNS may know`,
      ],
    },
    adoption: { create: "the deployment has no Elastic IP" },
  }),
  resourceType("aws_eip_association", {
    holds: undefined,
    find: async (association, lookUp) =>
      (await lookUp.text(association, "allocation_id")) === undefined
        ? notFound
        : {
            kind: "regardless",
            why: "AWS accepts the same association again; an import would not know all of it",
          },
    alarms: {
      create: associatesOthers,
      update: associatesOthers,
      destroy: ({ before }, plan) => [
        !isLeft(plan, "aws_eip_association", ({ allocation_id: id }) => id === before.allocation_id) &&
          access`takes the address ${before.public_ip ?? before.allocation_id} from its host`,
      ],
    },
    adoption: { create: "AWS accepts the existing association once more; the address stays where it is" },
    notes: {
      "lifecycle.create_before_destroy": "The address moves from host to host, and is at no time on none.",
    },
  }),
];

/** An address that is given to, or taken from, a host of which the plan has nothing. */
function associatesOthers({ before, after }: Compared, plan: Plan): readonly (Alarm | false)[] {
  const isOther = (argument: string, type: string) =>
    typeof after[argument] === "string" &&
    after[argument] !== "" &&
    after[argument] !== before[argument] &&
    !isLeft(plan, type, ({ id }) => id === after[argument]);
  return [
    isOther("instance_id", "aws_instance") &&
      access`gives the address to ${after.instance_id}, which is no host of the plan`,
    isOther("network_interface_id", "aws_network_interface") &&
      before.network_interface_id === undefined &&
      access`gives the address to ${after.network_interface_id}, a network interface of its own`,
    isOther("allocation_id", "aws_eip") &&
      access`takes the address ${after.allocation_id}, which is not of the plan, from wherever it is`,
  ];
}

/** The Elastic IP is on another host than the active one, and a new one would replace it. */
async function onAnotherHost(lookUp: LookUp): Promise<Outcome> {
  for (const { address } of lookUp.resources.of("aws_instance")) {
    const id = address.endsWith(".director") ? undefined : await lookUp.foundId(address);
    const elasticIp = id && (await lookUp.aws.ec2.address(id));
    if (elasticIp) {
      return conflict(
        `${elasticIp.PublicIp} is the address of ${address}, and \`hosts.active\` names another one. Correct it`,
      );
    }
  }
  return notFound;
}
