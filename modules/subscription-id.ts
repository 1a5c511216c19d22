/** Id of an address's subscription, as in `email-ops-at-example-com`: it stays when others leave the list. */
export function subscriptionId(email: string): string {
  return `email-${email
    .toLowerCase()
    .replace("@", "-at-")
    .replaceAll(/[^a-z0-9]+/g, "-")}`;
}
