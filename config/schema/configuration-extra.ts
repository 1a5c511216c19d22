import { z } from "zod";

/** One line of text, which is written to a file and nowhere else. */
export const line = z.string().regex(/^(?!.*[\p{Zl}\p{Zp}\p{Cs}\ufeff])[^\p{Cc}\p{Z}]([^\p{Cc}]*[^\p{Cc}\p{Z}])?$/su, {
  error: "one line of text without blanks at its ends is required. Write it in one line.",
});

/** Text that YAML has a form for. */
const printable = z.string().regex(/^([^\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufeff]|[\n\t])*$/u, {
  error: "text without control characters is allowed, but for line ends and tabs. Take them out.",
});

type Variable = string | number | boolean | null | Variable[] | { [key: string]: Variable };

/** A value as YAML and JSON have them. */
const variable: z.ZodType<Variable> = z.lazy(() =>
  z.union([printable, z.number(), z.boolean(), z.null(), z.array(variable), z.record(line, variable)], {
    error:
      "text without control characters, finite numbers, true, false, null, and lists and objects of these with keys of one line are allowed. Write one of them.",
  }),
);

/** Keys that the configuration files have no other source for. */
export const extra = z
  .strictObject({
    /**
     * Variables of `vars-analytics.yml`; Jinja expressions are left to Ansible.
     * @default {}
     */
    varsAnalytics: z.record(z.string().regex(/^[A-Za-z_]\w*$/, { error: variableName() }), variable).default({}),
    /**
     * Variables of `emr-vars.yml`; Jinja expressions are left to Ansible.
     * @default {}
     */
    emrVars: z.record(z.string().regex(/^[A-Za-z_]\w*$/, { error: variableName() }), variable).default({}),
    /**
     * Variables of `jenkins_env`; `${NAME}` is left to bash, all else is taken as it is.
     * @default {}
     */
    jenkinsEnv: z.record(z.string().regex(/^[A-Za-z_]\w*$/, { error: variableName() }), line).default({}),
    /**
     * Sections of `analytics-override.cfg` with their keys. The pipeline writes this file into its logs.
     * @default {}
     */
    analyticsOverride: z
      .record(
        line.regex(/^[^[\]]+$/, { error: "a section is one line of text without [ and ]. Rename it." }),
        z.record(
          z.string().regex(/^[a-z][a-z0-9_.-]*$/, { error: "a key is a-z, 0-9, _, . and -. Rename it." }),
          line.regex(/^(?!.*\s;)/, { error: "ConfigParser ends a value before a blank and ;. Take them out." }),
        ),
      )
      .default({}),
  })
  .prefault({});

function variableName(): string {
  return "a variable is letters, digits and _, and starts with no digit. Rename it.";
}
