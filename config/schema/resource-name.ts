import { z } from "zod";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html and its like for the other services. */
const allowed = {
  iam: { form: /^[\w+=,.@-]*$/, words: "letters, digits and _+=,.@-" },
  ec2: { form: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;!*]*$/, words: "letters, digits, blanks and ._-:/()#,@[]+=&;!*" },
  // Any ASCII that can be seen; never an expression of Terraform's.
  keyPair: { form: /^(?:(?![$%]\{)[ -~])*$/, words: "visible ASCII characters and blanks, but neither ${ nor %{," },
  rds: {
    form: /^([a-z](?!.*--)[a-z0-9-]*[a-z0-9])?$/,
    words: "a-z, 0-9 and single -, with a letter at the start and none of - at the end",
  },
} as const;

/** A name as a service of AWS takes it; never with `${`, which would be an expression of Terraform's. */
export function resourceName(service: keyof typeof allowed) {
  const { form, words } = allowed[service];
  return (
    z
      .string()
      .min(1, {
        abort: true,
        error: "a name has a character or more. Write one, or remove the field where it has a default.",
      })
      .regex(form, { abort: true, error: `AWS takes ${words} here. Rename it.` })
      // EC2 cuts blanks off, and Terraform would put them on again.
      .regex(/^(\S(.*\S)?)?$/, { error: "AWS keeps no blank at either end. Remove it." })
  );
}
