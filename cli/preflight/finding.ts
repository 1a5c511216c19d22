import { type Imports, importsFile } from "../../clients/config/imports";
import type { Aws } from "../aws";
import { AwsError } from "../aws-error";

/** What a question to AWS came to; a refusal is what Terraform would fail at, half-way through an apply. */
export interface Finding {
  readonly verdict: "ok" | "warning" | "refused";
  /** What was asked about, as in `role edxanalytics`. */
  readonly subject: string;
  /** What was found and, unless it is well, what to do. */
  readonly text: string;
}

type Answer = Omit<Finding, "subject">;

export const ok = (text: string): Answer => ({ verdict: "ok", text });
export const warning = (text: string): Answer => ({ verdict: "warning", text });
export const refused = (text: string): Answer => ({ verdict: "refused", text });

/** Who is asking, and as whom. */
export interface Context {
  readonly aws: Aws;
  readonly region: string;
  readonly accountId: string;
  /** The client's name, or the shared stack's. */
  readonly name: string;
  /** Value of the tag `Client` on what this client made; undefined for a shared stack, which sets none. */
  readonly clientTag: string | undefined;
  /** What the stack takes up of what is there. */
  readonly imports: Imports;
}

/** Some questions under one heading; each asks AWS, and gives its findings as they come. */
export interface Section {
  readonly title: string;
  readonly ask: () => AsyncIterable<Finding>;
}

/** One question, which does not hinder the next when these credentials may not ask it. */
export async function ask(subject: string, answer: () => Promise<Answer>): Promise<Finding> {
  try {
    return { subject, ...(await answer()) };
  } catch (error) {
    return unanswered(subject, error);
  }
}

/** A finding for a call that failed; what no other call can get around is raised again. */
export function unanswered(subject: string, error: unknown): Finding {
  if (!(error instanceof AwsError) || error.hopeless) {
    throw error;
  }
  const cause = error.denied
    ? `these credentials lack ${error.action}`
    : `${error.code}: ${error.reason.replace(/\.$/, "")}`;
  return { subject, ...warning(`could not be asked; ${cause}. Ask with others, or look yourself.`) };
}

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/**
 * Whether a name can be taken.
 * @param tags tags of the thing that has it; undefined where nothing has it
 * @param fix what to do where it is another's
 * @param resource Terraform's type of the thing, and the id by which an import would take it up
 * @default - it cannot be taken up
 */
export function nameIsFree(
  context: Context,
  tags: readonly Tag[] | undefined,
  fix: string,
  resource?: readonly [type: string, id: string],
): Answer {
  if (tags === undefined) {
    return ok("is free");
  }
  const of = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  if (of("Project") === "edx-analytics" && of("Client") === context.clientTag) {
    return ok("is there, made by this stack");
  }
  if (resource && isImported(context, ...resource)) {
    return ok(`is there, and taken up by ${importsFile(context.name)}`);
  }
  const client = of("Client");
  return client === undefined
    ? refused(
        `is taken; it was not made by this stack. ${fix}.${resource ? " If it was made by hand, it can be taken up: docs/adopting.md." : ""}`,
      )
    : refused(`is taken; it is client ${client}'s. ${fix}.`);
}

/** Whether the stack takes up a thing, by Terraform's type and the id that its import wants. */
function isImported({ imports }: Context, type: string, id: string): boolean {
  return Object.entries(imports).some(([address, imported]) => address.startsWith(`${type}.`) && imported === id);
}

/** Names of the errors by which the services say that there is no such thing. */
export const absent = {
  iam: ["NoSuchEntity", "NoSuchEntityException"],
  keyPair: ["InvalidKeyPair.NotFound"],
  group: ["InvalidGroup.NotFound", "InvalidGroupId.Malformed"],
  vpc: ["InvalidVpcID.NotFound"],
  subnet: ["InvalidSubnetID.NotFound"],
  image: ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"],
  database: ["DBInstanceNotFound", "DBInstanceNotFoundFault"],
  parameterGroup: ["DBParameterGroupNotFound", "DBParameterGroupNotFoundFault"],
  subnetGroup: ["DBSubnetGroupNotFoundFault"],
  snapshot: ["DBSnapshotNotFound", "DBSnapshotNotFoundFault"],
  domain: ["ResourceNotFoundException"],
  bucketPolicy: ["NoSuchBucketPolicy"],
} as const;
