import { type Result, succeed } from "./processes";

interface Play {
  readonly playbook: string;
  readonly inventory: string;
  /** Extra variables, each as `-e` takes it: JSON, or `@` and a file. */
  readonly variables: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a playbook with the Ansible of a Python, which has to succeed. */
export function play(python: string, { playbook, inventory, variables, env }: Play): Promise<Result> {
  const extra = variables.flatMap((variable) => ["-e", variable]);
  return succeed(python, ["-m", "ansible", "playbook", "-i", inventory, ...extra, playbook], { env });
}
