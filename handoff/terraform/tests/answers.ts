import type { Json } from "../hcl/value";

/** Attributes of a data source, as AWS would have answered. */
export type Answer = { readonly [attribute: string]: Json };

/** What AWS answers to a data source, for its conditions to hold and for them not to. */
export interface Answers {
  readonly holds: Answer;
  /** By what is wrong with it. */
  readonly fails: Readonly<Record<string, Answer>>;
}

/** Of what the answer to a data source depends. */
export interface Asked {
  /** Its arguments, with the conditions. */
  readonly arguments: Json;
  /** Id of the VPC that the stack looks up. */
  readonly vpcId: string;
}

const otherVpc = "vpc-0ffffffffffffffff";

/**
 * Answers by the type of the data source: of those that have conditions, and of what these refer to. Policy documents are
 * computed without AWS.
 */
export const answers: Readonly<Record<string, (asked: Asked) => Answers>> = {
  aws_vpc: ({ vpcId }) => ({
    holds: { id: vpcId, enable_dns_hostnames: true, enable_dns_support: true },
    fails: {
      without_dns_hostnames: { id: vpcId, enable_dns_hostnames: false, enable_dns_support: true },
      without_dns_support: { id: vpcId, enable_dns_hostnames: true, enable_dns_support: false },
    },
  }),
  aws_subnet: ofVpc,
  aws_db_subnet_group: ofVpc,
  aws_route_tables: () => ({ holds: { ids: ["rtb-00000000000000001"] }, fails: {} }),
  aws_route_table: (asked) => {
    const isPrivate = quoted(asked, /(!startswith)\(route\.gateway_id, "igw-"\)/g).length > 0;
    const open = { routes: [defaultRoute({ gateway_id: "igw-00000000000000001" })] };
    const behindNat = { routes: [defaultRoute({ nat_gateway_id: "nat-00000000000000001" })] };
    return {
      holds: isPrivate ? behindNat : open,
      fails: { without_routes: { routes: [] }, ...(isPrivate ? { public: open } : { behind_nat: behindNat }) },
    };
  },
  aws_s3_objects: () => ({ holds: { keys: [] }, fails: {} }),
  aws_eips: () => ({
    holds: { allocation_ids: [] },
    fails: { with_a_new_state: { allocation_ids: ["eipalloc-00000000000000001"] } },
  }),
  aws_db_instance: (asked) => {
    const [group = "sg-00000000000000001"] = quoted(asked, /"(sg-[0-9a-f]+)"/g);
    return {
      holds: { vpc_security_groups: [group] },
      fails: { with_other_groups: { vpc_security_groups: ["sg-00000000000000002", "sg-00000000000000003"] } },
    };
  },
  aws_s3_bucket: (asked) => {
    const [domain = ""] = quoted(asked, /"(\.s3\.[a-z0-9-]+\.amazonaws\.com)"/g);
    return {
      holds: { bucket_regional_domain_name: `bucket${domain}` },
      fails: { of_another_region: { bucket_regional_domain_name: "bucket.s3.elsewhere.amazonaws.com" } },
    };
  },
  aws_ssm_parameters_by_path: (asked) => {
    const deployed = quoted(asked, /\.(\w+, 0\) == \d+)/g).map((text) => text.split(", 0) == "));
    const versions = Object.fromEntries(deployed.map(([login, version]) => [login, Number(version)]));
    const older = Object.fromEntries(deployed.map(([login, version]) => [login, Number(version) - 1]));
    return {
      holds: { values: [JSON.stringify(versions)] },
      fails: {
        without_versions: { values: [] },
        with_older_versions: { values: [JSON.stringify(older)] },
      },
    };
  },
};

/** With every attribute of a route: OpenTofu takes no object with some of them. */
function defaultRoute(way: Readonly<Record<string, string>>): Json {
  const targets = ["carrier_gateway", "egress_only_gateway", "gateway", "instance", "local_gateway", "nat_gateway"];
  const others = ["network_interface", "transit_gateway", "vpc_endpoint", "vpc_peering_connection"];
  const none = [...targets, ...others].map((target) => [`${target}_id`, ""]);
  const elsewhere = { core_network_arn: "", destination_prefix_list_id: "", ipv6_cidr_block: "" };
  return { cidr_block: "0.0.0.0/0", ...Object.fromEntries(none), ...elsewhere, ...way };
}

function ofVpc({ vpcId }: Asked): Answers {
  return { holds: { vpc_id: vpcId }, fails: { of_another_vpc: { vpc_id: otherVpc } } };
}

/** What stands in conditions at a place. */
function quoted({ arguments: body }: Asked, place: RegExp): string[] {
  const text = JSON.stringify(body).replaceAll('\\"', '"');
  return [...text.matchAll(place)].map(([, found]) => found as string);
}
