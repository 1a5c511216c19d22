import { type Attributes, block } from "../attributes";
import { type Alarm, access, availability, exposure } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { existing, loses, turnsOff, turnsOn } from "./rules";

/** Stacks that create a network are new ones: what was made by hand stands in a VPC that exists. */
const adoption = { create: { never: "an adoption keeps the network that the deployment is in" } };
const find = { never: "a network is created, and never imported" };

export const vpc = [
  resourceType("aws_vpc", {
    holds: "the network with everything in it",
    alarms: {
      update: (change) =>
        ["enable_dns_support", "enable_dns_hostnames"].map(
          (name) =>
            turnsOff(change, name) && access`no longer knows its hosts and databases by their names: ${name} is off`,
        ),
    },
    adoption,
    find,
  }),
  resourceType("aws_subnet", {
    holds: undefined,
    alarms: {
      update: (change) => [
        turnsOn(change, "map_public_ip_on_launch") && exposure`gives public addresses to what is started in it`,
      ],
      destroy: ({ before }) => [access`is destroyed: nothing can be in ${before.cidr_block} any more`],
    },
    adoption,
    find,
  }),
  resourceType("aws_internet_gateway", {
    holds: undefined,
    alarms: {
      update: (change) => [loses(change, "vpc_id", withoutInternet)],
      destroy: ({ before }) => [withoutInternet(before.vpc_id)],
      replace: ({ before }) => [
        availability`is made anew: nothing in ${before.vpc_id} has a way to the Internet until its routes name the new one`,
      ],
    },
    adoption,
    find,
  }),
  resourceType("aws_route", {
    holds: undefined,
    alarms: {
      create: ({ after }, plan) => [
        typeof after.route_table_id === "string" &&
          !existing(plan, "aws_route_table").some(
            ({ before, isImported }) => before.id === after.route_table_id && !isImported,
          ) &&
          access`sends what goes to ${destination(after)} another way: by ${target(after)}, in ${after.route_table_id}, an existing route table`,
      ],
      update: ({ before, after }) => [
        target(before) !== target(after) &&
          access`sends what goes to ${destination(after)} another way: by ${target(after)}, in the place of ${target(before)}`,
      ],
      destroy: ({ before }) => [access`is destroyed: nothing goes to ${destination(before)} that way any more`],
    },
    adoption,
    find,
  }),
  resourceType("aws_route_table", {
    holds: undefined,
    alarms: {
      destroy: ({ before }) => [access`is destroyed, and with it the routes of ${before.id}`],
      replace: ({ before }) => [
        availability`is made anew: ${before.id} goes with its routes, those that are not the stack's for good`,
      ],
    },
    adoption,
    find,
  }),
  resourceType("aws_route_table_association", {
    holds: undefined,
    adoption,
    find,
    alarms: {
      update: ({ before, after }) => [
        before.route_table_id !== after.route_table_id &&
          access`gives the subnet ${before.subnet_id} the route table ${after.route_table_id}, in the place of ${before.route_table_id}`,
      ],
      destroy: ({ before }) => [
        access`gives the subnet ${before.subnet_id} the main route table of its VPC, in the place of ${before.route_table_id}`,
      ],
    },
    notes: {
      route_table_id: "By way of the route, so that what is placed into the subnet boots with its way out.",
    },
  }),
  resourceType("aws_vpc_peering_connection", {
    holds: undefined,
    alarms: {
      create: ({ after }, plan) => [
        existing(plan, "aws_vpc_peering_connection").length > 0 &&
          exposure`connects ${after.vpc_id ?? "the VPC"} with ${after.peer_vpc_id}, one more VPC than the one that a stack has it connected with`,
      ],
      update: (change) => [
        isOther(change, "peer_vpc_id")
          ? exposure`connects ${change.before.vpc_id} with ${change.after.peer_vpc_id}, in the place of ${change.before.peer_vpc_id}: what is meant for that one goes there`
          : isOther(change, "vpc_id") &&
            access`connects ${change.after.vpc_id} with ${change.before.peer_vpc_id}, and no longer ${change.before.vpc_id}`,
        ...["requester", "accepter"].map(
          (side) =>
            block(change.before[side]).allow_remote_vpc_dns_resolution === true &&
            block(change.after[side]).allow_remote_vpc_dns_resolution === false &&
            access`no longer gives names their private addresses on the other side: ${side}`,
        ),
      ],
      replace: ({ before }) => [
        availability`is made anew: nothing goes between ${before.vpc_id} and ${before.peer_vpc_id} until routes name the new one, and those that are not the stack's lead nowhere`,
      ],
      destroy: ({ before }) => [
        access`is destroyed: nothing goes between ${before.vpc_id} and ${before.peer_vpc_id} that way any more`,
      ],
    },
    adoption,
    find,
  }),
];

function isOther({ before, after }: Compared, name: string): boolean {
  return before[name] != null && before[name] !== after[name];
}

function withoutInternet(vpc: unknown): Alarm {
  return access`leaves ${vpc}, which has no way to the Internet by it any more`;
}

function destination(route: Attributes): unknown {
  return route.destination_cidr_block || route.destination_ipv6_cidr_block || route.destination_prefix_list_id;
}

/** What a route sends to, whatever it is; AWS names a host's network interface besides the host. */
function target(route: Attributes): string {
  const targets = Object.keys(route)
    .filter((name) => name.endsWith("_id") && !/^(route_table|destination_prefix_list|instance_owner)_id$/.test(name))
    .filter((name) => route[name])
    .map((name) => String(route[name]));
  return targets.join(", ") || "what is known after the apply alone";
}
