/** The command that puts a secret into SSM; it is asked for, so that it enters neither the shell's history nor `ps`. */
export function putParameterCommand(name: string, region: string): string {
  return `(printf 'Password: ' >&2; IFS= read -rs password && printf %s "$password" | aws ssm put-parameter --region ${region} --name ${name} --type SecureString --overwrite --value file:///dev/stdin)`;
}
