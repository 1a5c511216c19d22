interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** Asks for the tags of what was found, which say who manages it. */
export type Tags = () => Promise<readonly Tag[]>;

/** What looking for one resource in AWS came to. */
export type Outcome =
  /** It exists, under the id that Terraform's import takes; without tags where AWS has none for its kind. */
  | { readonly kind: "found"; readonly id: string; readonly tags?: Tags }
  /** It does not exist, and the first deploy creates it. */
  | { readonly kind: "not-found" }
  /** Whether it exists or not, Terraform creates it, and that does no harm. */
  | { readonly kind: "regardless"; readonly why: string }
  /** It exists, and an import would end in its replacement. */
  | { readonly kind: "conflict"; readonly why: string; readonly tags?: Tags }
  /** It could not be looked for. */
  | { readonly kind: "unknown"; readonly why: string };

export const notFound: Outcome = { kind: "not-found" };

/** Found under an id, or not found where there is none. */
export function found(id: string | undefined, tags?: Tags): Outcome {
  return id === undefined ? notFound : { kind: "found", id, ...(tags && { tags }) };
}

/** Exists, but cannot be imported as it is. */
export function conflict(why: string, tags?: Tags): Outcome {
  return { kind: "conflict", why, ...(tags && { tags }) };
}
