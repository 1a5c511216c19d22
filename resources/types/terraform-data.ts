import { resourceType } from "./resource-type";

export const terraformData = resourceType("terraform_data", {
  holds: undefined,
  find: { never: "it is Terraform's own, and in the state alone" },
  adoption: { create: "the state remembers its account and region, and stops a plan for another" },
  notes: {
    "lifecycle.ignore_changes": "What it was created with stays, so that a plan for another account or region stops.",
  },
});
