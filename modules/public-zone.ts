import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface PublicZoneProps {
  /** Name of the hosted zone, as in `example.com`. */
  readonly zoneName: string;
}

/** What a name can be an alias of. */
export interface AliasTarget {
  readonly dnsName: string;
  /** Id of the zone that AWS has that name in. */
  readonly zoneId: string;
  /**
   * Whether it has IPv6 addresses beside its IPv4 ones.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** A record that proves to AWS whose a name is. */
export interface ValidationRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** How long resolvers keep a record, seconds: short enough that a move is over soon. */
const timeToLive = 300;

/** A public hosted zone of Route 53 that exists, and records in it. */
export class PublicZone extends Construct {
  private readonly zoneId: string;

  constructor(scope: Construct, id: string, { zoneName }: PublicZoneProps) {
    super(scope, id);
    this.zoneId = new DataAwsRoute53Zone(this, "Zone", { name: zoneName, privateZone: false }).zoneId;
  }

  /** Leads a name to an IPv4 address, or to something of AWS's whose addresses change, by a record of each kind that it has. */
  leadTo(id: string, name: string, target: { readonly ipv4: string } | AliasTarget): void {
    const value =
      "ipv4" in target
        ? { ttl: timeToLive, records: [target.ipv4] }
        : { alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: false } };
    new Route53Record(this, id, { zoneId: this.zoneId, name, type: "A", ...value });
    if ("ipv6" in target && target.ipv6) {
      new Route53Record(this, `${id}-ipv6`, { zoneId: this.zoneId, name, type: "AAAA", ...value });
    }
  }

  /**
   * Proves that a name is of the account.
   * @returns the record's name, once it is made
   */
  addValidation(id: string, { name, type, value }: ValidationRecord): string {
    return new Route53Record(this, id, {
      zoneId: this.zoneId,
      name,
      type,
      ttl: timeToLive,
      records: [value],
      // It is the same for every certificate of the name in an account, and may be there for an earlier one.
      allowOverwrite: true,
    }).fqdn;
  }
}
