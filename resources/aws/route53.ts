import type { Route53 as Client, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { Service } from "./service";

/** What is asked of Route 53. */
export class Route53 extends Service<Client> {
  private readonly zonesFrom = this.ask(
    "route53:ListHostedZonesByName",
    async (DNSName: string) => (await this.client.listHostedZonesByName({ DNSName })).HostedZones ?? [],
  );
  private readonly recordsFrom = this.ask(
    "route53:ListResourceRecordSets",
    async (HostedZoneId: string, StartRecordName: string): Promise<readonly ResourceRecordSet[]> =>
      (await this.client.listResourceRecordSets({ HostedZoneId, StartRecordName })).ResourceRecordSets ?? [],
  );

  /** Zones of exactly that name, by id. */
  async zones(name: string): Promise<readonly { readonly id: string; readonly isPrivate: boolean }[]> {
    return (await this.zonesFrom(name))
      .filter((zone) => zone.Name === `${name}.`)
      .map(({ Id = "", Config }) => ({ id: Id.replace("/hostedzone/", ""), isPrivate: Config?.PrivateZone ?? false }));
  }

  /** Id of the one public zone of a name; undefined where there is none, or Terraform could not tell which. */
  async publicZoneId(name: string): Promise<string | undefined> {
    const [zone, ...others] = (await this.zones(name)).filter(({ isPrivate }) => !isPrivate);
    return others.length === 0 ? zone?.id : undefined;
  }

  /** Records of exactly that name, of any type; Route 53 lists them first. */
  async records(zoneId: string, name: string): Promise<readonly ResourceRecordSet[]> {
    return (await this.recordsFrom(zoneId, name)).filter((record) => record.Name === `${name}.`);
  }
}
