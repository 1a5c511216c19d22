import { z } from "zod";
import { awsId } from "./fields";

/**
 * A thing that the stack manages, by its settings, or one that exists, as `{ existing: … }`: the one form for both, all
 * over a client file.
 * @param existing what names the existing thing
 * @param settings the settings of a managed one
 */
export function orExisting<E extends z.ZodType, S extends z.ZodRawShape>(existing: E, settings: S) {
  return z.union([
    z.strictObject({
      /** The existing one, by its name or id in AWS: it is used as it is, and not managed. */
      existing,
    }),
    // By this type the editor refuses a setting beside `existing`.
    z.strictObject(settings) as unknown as z.ZodObject<S & Managed, z.core.$strict>,
  ]);
}

type Managed = { readonly existing: z.ZodOptional<z.ZodUndefined> };

/**
 * The same with settings that both forms have.
 * @param both these settings
 */
export function orExistingWith<E extends z.ZodType, S extends z.ZodRawShape, B extends z.ZodRawShape>(
  existing: E,
  settings: S,
  both: B,
) {
  const union = z.union([z.strictObject({ existing, ...both }), z.strictObject({ ...settings, ...both })]);
  // Of a property that is one in both forms the editor shows the documentation, of one in each it shows none.
  type Form = ReturnType<typeof orExisting<E, S>>;
  type Both = z.ZodObject<B, z.core.$strict>;
  return union as unknown as z.ZodType<z.output<Form> & z.output<Both>, z.input<Form> & z.input<Both>>;
}

/** Existing, where AWS or the client file knows its name: `{ existing: true }`. */
export const exists = z.literal(true);

/** Id of an existing security group. */
export const existingSecurityGroup = awsId("sg", "See `aws ec2 describe-security-groups`");
