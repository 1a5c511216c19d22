import type { Role } from "@aws-sdk/client-iam";
import type { Iam } from "../aws/iam";
import type { Finder } from "../look-up";
import { conflict, found, notFound, type Tags } from "../outcome";

/** What IAM says of a role, user, policy or instance profile. */
type Named = Partial<Pick<Role, "Path" | "Arn" | "Tags">>;

/**
 * Finds what has a name that is unique in the account. In another path it has another ARN, and Terraform would replace it.
 * @param ask asks for the one of that name
 * @param id what an import takes
 * @param tags asks for its tags, where the answer has none
 */
export function findByName<T extends Named>(
  ask: (iam: Iam, name: string) => Promise<T | undefined>,
  id: (thing: T, name: string) => string = (_, name) => name,
  tags?: (iam: Iam, thing: T) => ReturnType<Tags>,
): Finder {
  return async (resource, lookUp) => {
    const { iam } = lookUp.aws;
    const name = (await lookUp.text(resource, "name")) as string;
    const thing = await ask(iam, name);
    if (thing === undefined) {
      return notFound;
    }
    const { Path = "/", Tags = [] } = thing;
    const itsTags = async () => (tags === undefined ? Tags : tags(iam, thing));
    return Path === "/"
      ? found(id(thing, name), itsTags)
      : conflict(`${name} has the path ${Path}, and the stack's would have none, and another ARN`, itsTags);
  };
}
