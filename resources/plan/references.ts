/** An address or a reference as a configuration has it, for every instance. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[[^\]]*\]/g, "");
}

/** Whether a reference, as in `module.x.aws_iam_role.y[0].arn`, is to what is allowed, as `aws_iam_role.arn`. */
export function refersTo(reference: string, allowed: string): boolean {
  const local = withoutKeys(reference.replace(/^(module\.[^.]+\.)+/, ""));
  const dot = allowed.lastIndexOf(".");
  const [type, attribute] = [allowed.slice(0, dot), allowed.slice(dot + 1)];
  return local.startsWith(`${type}.`) && local.slice(type.length + 1).split(".")[1] === attribute;
}
