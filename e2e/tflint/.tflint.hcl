# Every rule on the language itself that TFLint brings, but for two.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Wants a main.tf; there is a file for each module instead.
rule "terraform_standard_module_structure" {
  enabled = false
}

# Addresses are the JSON form's, in which the blanks and slashes of names are underscores, and two may meet.
rule "terraform_naming_convention" {
  enabled = true
  format  = "none"
  custom  = "^[a-z][a-z0-9_]*$"
}
