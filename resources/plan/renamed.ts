import { type Alarm, exposure } from "../types/alarm";
import { writtenMembers } from "../types/written-groups";
import { nameOf } from "./own-groups";
import type { ResourceChange } from "./schema";

/** Types that rules judge by the name in the address: groups, what joins them, and hosts' profiles. */
const byName = ["aws_iam_instance_profile", "aws_security_group", ...Object.keys(writtenMembers)];

/** What is moved to another name, by which it may be given what it could not get by its own. */
export function renamedAlarms({ address, previous_address: previous, type }: ResourceChange): Alarm[] {
  return previous !== undefined && byName.includes(type) && nameOf(previous) !== nameOf(address)
    ? [exposure`was ${previous}: what a stack lets in and gives is judged by the name, and it gets another one`]
    : [];
}
