import { terraformDocs } from "./readme-reference";

const checkov = `# checkov --directory . reads this file. Accepted findings stand in their blocks, with the reason: see README.md.
directory: ["."]
framework: [terraform]
compact: true
quiet: true
`;

const tflint = `# Every rule on the language itself that TFLint brings, but for two.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Wants a main.tf; there is a file for each part instead.
rule "terraform_standard_module_structure" {
  enabled = false
}

# Names are parts of addresses, which the state stands on.
rule "terraform_naming_convention" {
  enabled = true
  format  = "none"
  custom  = "^[a-z][a-z0-9_]*$"
}

# AWS's own rules are a plugin that \`tflint --init\` downloads: add a block \`plugin "aws"\` with
# source = "github.com/terraform-linters/tflint-ruleset-aws" and the version of its latest release.
`;

/** @param command of the program that the stack was deployed with */
function preCommit(stack: string, command: string): string {
  const hook = (id: string, entry: string) => `      - id: ${id}
        name: "${stack}: ${entry}"
        entry: ${entry}
        language: system
        files: ^${stack}/
        pass_filenames: false
`;
  return `# pre-commit install --config ${stack}/.pre-commit-config.yaml, in the repository that holds this folder. The programs are the
# machine's own, after \`${command} init\`.
repos:
  - repo: local
    hooks:
${[
  hook("fmt", `${command} -chdir=${stack} fmt -check -diff`),
  hook("validate", `${command} -chdir=${stack} validate`),
  hook("tflint", `tflint --chdir=${stack}`),
  hook("docs", `terraform-docs --output-check ${stack}`),
].join("")}`;
}

/** Settings of the programs that look at the exported configuration. */
export function scannersOf(stack: string, command: string): { readonly name: string; readonly content: string }[] {
  return [
    { name: ".checkov.yaml", content: checkov },
    { name: ".tflint.hcl", content: tflint },
    { name: ".terraform-docs.yml", content: terraformDocs },
    { name: ".pre-commit-config.yaml", content: preCommit(stack, command) },
  ];
}
