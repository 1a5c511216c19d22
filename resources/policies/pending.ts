/** IAM's variables, as in `${aws:username}` and `${*}`; functions of Terraform's providers have two colons. */
const variable = /\$\{([*?$]|[\w-]+:(?!:)[^{}]*)\}/g;

/** A reference to an attribute that AWS gives, alone or with the rest of a path behind it, as in `${aws_s3_bucket.data.arn}/*`. */
const reference = /^\$\{(module\.[\w.[\]"-]+\.)?(data\.)?aws_\w+(\.[\w-]+|\["?[\w*-]+"?\])+\}(?=$|[/:])/;

/** Whether a value of a statement is known after the apply alone, and not plainly what AWS gives: a function makes anything of it. */
export function isPendingElsewhere(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(isPendingElsewhere)
    : /[$%]\{|^\(known after apply\)$/.test(String(value).replaceAll(variable, "").replace(reference, ""));
}
