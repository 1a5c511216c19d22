import { kindOf } from "../plan/kinds";
import type { Plan } from "../plan/plan";
import { permission } from "./alarm";
import { resourceType } from "./resource-type";

const reset = permission`no longer remembers which account and region the state is of, and stops no plan for another`;

export const terraformData = resourceType("terraform_data", {
  holds: undefined,
  find: { never: "it is Terraform's own, and in the state alone" },
  alarms: {
    update: () => [reset],
    destroy: (_, plan) => [!endsAll(plan) && reset],
  },
  adoption: { create: "the state remembers its account and region, and stops a plan for another" },
  notes: {
    "lifecycle.ignore_changes": "What it was created with stays, so that a plan for another account or region stops.",
  },
});

/** Whether a plan leaves nothing that would be of an account: one with targets lists those alone. */
function endsAll({ complete, resource_changes: changes }: Plan): boolean {
  const others = changes.filter(({ mode, type }) => mode !== "data" && type !== "terraform_data");
  return complete && others.length > 0 && others.every((resource) => kindOf(resource) === "destroy");
}
