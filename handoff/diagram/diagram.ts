/** Whatever reaches or is reached: a host, a cluster, a server, a bucket, a user. */
export interface Party {
  /** Unique among parties, and the same at every run. */
  readonly id: string;
  readonly title: string;
  /** Names in AWS, and what else tells it apart. */
  readonly details: readonly string[];
  /** Whether the stack manages it, uses an existing one, or it is not in AWS at all. */
  readonly owner: "managed" | "existing" | "outside";
  /**
   * The frame around it, as `VPC`.
   * @default - none
   */
  readonly place?: string | undefined;
}

/** What one party may do with another. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** A rule of a security group; a policy of IAM or of the resource, which allows it, or refuses it whatever else allows it. */
  readonly kind: "network" | "permission" | "refused";
  /** Ports with their protocols' names, or `reads` and `writes`. */
  readonly what: readonly string[];
}

/** Who reaches and reads what, as in one client. */
export interface Diagram {
  readonly title: string;
  /** What lines and colours mean. */
  readonly legend: string;
  readonly parties: readonly Party[];
  readonly ways: readonly Way[];
}

/** Ways between the same two in one; what is named twice is named once. */
export function mergedWays(ways: readonly Way[]): Way[] {
  const byEnds = new Map<string, Way>();
  for (const way of ways) {
    const key = [way.from, way.to, way.kind].join("\n");
    const what = [...(byEnds.get(key)?.what ?? []), ...way.what];
    byEnds.set(key, { ...way, what: [...new Set(what)] });
  }
  return [...byEnds.values()];
}

/** Parties of one owner and place that the same ways lead to and from, as one: what differs between them is their name. */
export function mergedParties({ parties, ways, ...texts }: Diagram): Diagram {
  const signature = ({ id, owner, place }: Party) =>
    JSON.stringify([
      owner,
      place,
      ways
        .filter(({ from, to }) => from === id || to === id)
        .map(({ from, to, kind, what }) => [from === id ? "" : from, to === id ? "" : to, kind, what])
        .sort(),
    ]);
  const groups = new Map<string, Party[]>();
  for (const party of parties.filter(({ place }) => place === "S3")) {
    const key = signature(party);
    groups.set(key, [...(groups.get(key) ?? []), party]);
  }
  const merged = new Map<string, Party>();
  for (const all of groups.values()) {
    const [{ title: single, ...first }] = all as [Party];
    const details = all.flatMap((party) => party.details);
    const party = { ...first, title: all.length > 1 ? `${single}s` : single, details };
    for (const { id } of all) {
      merged.set(id, party);
    }
  }
  const idOf = (id: string) => merged.get(id)?.id ?? id;
  return {
    ...texts,
    parties: [...new Set(parties.map((party) => merged.get(party.id) ?? party))],
    ways: mergedWays(ways.map((way) => ({ ...way, from: idOf(way.from), to: idOf(way.to) }))),
  };
}
