/** Endpoint in the provider's configuration of a MySQL server that is no longer managed: Terraform never connects to it. */
export const removedEndpoint = "forgotten.invalid:3306";
