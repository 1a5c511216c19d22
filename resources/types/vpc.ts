import { access } from "./alarm";
import { resourceType } from "./resource-type";

/** Stacks that create a network are new ones: what was made by hand stands in a VPC that exists. */
const adoption = { create: { never: "an adoption keeps the network that the deployment is in" } };
const find = { never: "a network is created, and never imported" };

export const vpc = [
  resourceType("aws_vpc", { holds: "the network with everything in it", adoption, find }),
  resourceType("aws_subnet", { holds: undefined, adoption, find }),
  resourceType("aws_internet_gateway", { holds: undefined, adoption, find }),
  resourceType("aws_route", {
    holds: undefined,
    alarms: {
      destroy: ({ before }) => [
        access`is destroyed: nothing goes to ${before.destination_cidr_block} that way any more`,
      ],
    },
    adoption,
    find,
  }),
  resourceType("aws_route_table", { holds: undefined, adoption, find }),
  resourceType("aws_route_table_association", {
    holds: undefined,
    adoption,
    find,
    notes: {
      route_table_id: "By way of the route, so that what is placed into the subnet boots with its way out.",
    },
  }),
  resourceType("aws_vpc_peering_connection", { holds: undefined, adoption, find }),
];
