import { type FileProblems, problemIn } from "../load/problem";

/** Something of which AWS takes one within a scope, and the field to correct where there are two. */
export interface Claim {
  readonly file: string;
  readonly path: string;
  /** What AWS calls it, and its name, to be read after "manages". */
  readonly what: string;
  /** Where it is the only one, in words: `account 111122223333`. */
  readonly where: string;
  readonly fix: string;
}

// Claims conflict by these words, of clients and of shared stacks.
export const emrRoles = "`EMR_DefaultRole` and `EMR_EC2_DefaultRole`";
export const serviceRole = "`AWSServiceRoleForAmazonElasticsearchService`";
export const emrGroups = "`ElasticMapReduce-master` and `-slave`";

/** What to do where two clients manage what an account has once. */
export const severalClients = "Correct it, or see docs/adding-a-client.md, An account with several clients";

/** A claim, and the first of the same thing. */
interface Double {
  readonly claim: Claim;
  readonly first: Claim;
}

/**
 * Two files that claim the same, each pair once. Who of two is in the wrong no check can know: the later one is told of the first.
 * Two clients that both manage EMR's roles are most likely copies, and one line says so of all that they both claim.
 */
export function doubles(claims: readonly Claim[]): FileProblems[] {
  const found = doublesOf(claims);
  const copies = found.filter(({ claim, first }) => claim.fix === severalClients && first.fix === severalClients);
  return [
    ...copies.map((copy) => copied(copy, found.filter(isOfFilesOf(copy)))),
    ...found.filter((double) => !copies.some((copy) => isOfFilesOf(copy)(double))).map(claimedTwice),
  ];
}

function doublesOf(claims: readonly Claim[]): Double[] {
  const firsts = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    // IAM and EC2 compare names without regard to case.
    const key = `${claim.what} in ${claim.where}`.toLowerCase();
    const first = firsts.get(key);
    firsts.set(key, first ?? claim);
    return first === undefined ? [] : { claim, first };
  });
}

function isOfFilesOf(one: Double): (other: Double) => boolean {
  return ({ claim, first }) => claim.file === one.claim.file && first.file === one.first.file;
}

function copied({ claim, first }: Double, all: readonly Double[]): FileProblems {
  const whats = all.map((double) => double.claim.what);
  const ofEmr = whats.includes(emrGroups) ? "EMR's roles and groups" : "EMR's roles";
  const others = whats.filter((what) => what !== emrRoles && what !== emrGroups);
  const more = others.length === 0 ? "" : `, and ${others.join(", ")}`;
  const fix = others.length === 0 ? severalClients : severalClients.replace("it,", "it and what else was copied,");
  return problemIn(claim.file, {
    path: "accountId",
    message: `is that of ${first.file} too, and both manage ${ofEmr} there${more}. ${fix}.`,
  });
}

function claimedTwice({ claim, first }: Double): FileProblems {
  const other = first.file === claim.file ? `\`${first.path}\`` : `${first.file} (\`${first.path}\`)`;
  return problemIn(claim.file, {
    path: claim.path,
    message: `manages ${claim.what} in ${claim.where}, and so does ${other}; AWS has one. ${claim.fix === severalClients ? first.fix : claim.fix}.`,
  });
}
