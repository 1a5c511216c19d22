import type { LookUp } from "../../resources/look-up";
import { resourceTypeOf } from "../../resources/types";
import type { Part } from "../../resources/types/resource-type";

/** What belongs to things that are imported and is no resource of the stack: Terraform does not see it, and leaves it as it is. */
export async function unmanaged(lookUp: LookUp): Promise<string[]> {
  const imported = new Set<string>();
  const parts: Part[] = [];
  for (const { address, type, arguments: given } of lookUp.resources.all()) {
    const id = await lookUp.foundId(address);
    if (id !== undefined) {
      imported.add(id);
      parts.push(...((await resourceTypeOf(type)?.parts?.(id, lookUp.aws, given)) ?? []));
    }
  }
  return parts.filter(({ importId }) => !imported.has(importId)).map(({ text }) => text);
}
