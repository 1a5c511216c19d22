/** Condition that a variable's text has a form. */
export const matches = (variable: string, form: string) => `can(regex(${JSON.stringify(form)}, ${variable}))`;

/** Condition that a variable's number is whole and within limits. */
export const between = (variable: string, { min, max }: { readonly min: number; readonly max: number }) =>
  `${variable} >= ${min} && ${variable} <= ${max} && floor(${variable}) == ${variable}`;

/** The limits, and what is beyond and between them. */
export const casesBetween = ({ min, max }: { readonly min: number; readonly max: number }) => ({
  accepts: [max, min],
  refuses: [min - 1, max + 1, min + 0.5],
});

/** A size that AWS raises in place, and never lowers. */
export const atLeastToday = (variable: string, what: string, value: unknown, { max }: { readonly max: number }) =>
  [
    between(variable, { min: Number(value), max }),
    `${what} of ${value} to ${max} whole GiB is required: it can grow, and not shrink.`,
  ] as const;

/** What a size that AWS never lowers can become, and what it cannot. */
export const casesAtLeastToday = (value: unknown, { max }: { readonly max: number }) =>
  casesBetween({ min: Number(value), max });

/** A version that is counted up. */
export const higherWholeNumber = (variable: string, value: unknown) =>
  [
    `${variable} >= ${value} && floor(${variable}) == ${variable}`,
    `${value} or a higher whole number is required.`,
  ] as const;

/** The next version; the one before, and none at all. */
export const casesOfVersion = (value: unknown) => ({
  accepts: [Number(value) + 1],
  refuses: [Number(value) - 1, Number(value) + 0.5],
});
