import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Lexv2ModelsBotVersion } from "@cdktf/provider-aws/lib/lexv2models-bot-version";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import type { ClientStack } from "../../stacks/client-stack";
import { template, testStack } from "../../test/synth";
import type { Synthesised } from "./entries";
import { exportStack } from "./export";

/** The exported files, by name, of a stack in which `build` fills the module `network`. */
function exported(build: (module: Construct, stack: ClientStack) => void): Record<string, string> {
  const stack = testStack();
  build(new Construct(stack, "network"), stack);
  const files = exportStack(stack, template(stack) as unknown as Synthesised);
  return Object.fromEntries(files.map(({ name, content }) => [name, content]));
}

describe("what cdktf has no construct for", () => {
  it("is written: ephemeral blocks, beside what they are named after", () => {
    const { "network.tf": file } = exported((module, stack) => {
      const password = new Construct(module, "password");
      stack.addOverride("ephemeral.aws_secretsmanager_random_password.network_password", {
        password_length: 32,
        lifecycle: { postcondition: [{ condition: "${self.password_length == 32}", error_message: "Too short." }] },
      });
      new SsmParameter(password, "parameter", {
        name: "/test",
        type: "SecureString",
        valueWo: "${ephemeral.aws_secretsmanager_random_password.network_password.random_password}",
        valueWoVersion: 1,
      });
    });

    expect(file).toContain(`ephemeral "aws_secretsmanager_random_password" "network_password" {
  password_length = 32

  lifecycle {
    postcondition {
      condition     = self.password_length == 32
      error_message = "Too short."
    }
  }
}

resource "aws_ssm_parameter" "network_password_parameter" {`);
    expect(file).toMatch(
      /value_wo +=\s+ephemeral\.aws_secretsmanager_random_password\.network_password\.random_password\n/,
    );
  });

  it("is written: moved, removed and import blocks, with addresses that stand for themselves", () => {
    const { "network.tf": file, "imports.tf": imports } = exported((module, stack) => {
      new IamUser(module, "new", { name: "new" });
      stack.addOverride("moved", [{ from: "aws_iam_user.old", to: "aws_iam_user.network_new" }]);
      const removed = (name: string) => ({ from: `aws_iam_user.${name}`, lifecycle: { destroy: false } });
      stack.addOverride("removed", [removed("network_gone"), removed("network_lost")]);
      stack.addOverride("import", [{ to: "aws_iam_user.network_new", id: "new" }]);
    });

    expect(file).toContain(
      "its former address.\nmoved {\n  from = aws_iam_user.old\n  to   = aws_iam_user.network_new\n}\n",
    );
    const removed = (name: string) =>
      `removed {\n  from = aws_iam_user.${name}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`;
    expect(file).toContain(`without destroying it.\n${removed("network_gone")}\n${removed("network_lost")}`);
    expect(imports).toBe(
      "# Imports: what was in AWS before Terraform. Once the state has it, this file has done its work.\n\n" +
        'import {\n  to = aws_iam_user.network_new\n  id = "new"\n}\n',
    );
  });

  it("is written: variables with any text as their default, and with none", () => {
    const { "variables.tf": file } = exported((module, stack) => {
      new IamUser(module, "user", { name: new TerraformVariable(stack, "user-name", { type: "string" }).stringValue });
      const certificate = { type: "string", description: "Costs ${nothing}", default: "BEGIN\nEND\n", sensitive: true };
      new TerraformVariable(stack, "certificate", certificate);
      new TerraformVariable(stack, "proxy", { type: "string" }).addOverride("default", null);
    });

    expect(file).toContain('variable "user_name" {\n  type = string\n}\n');
    expect(file).toContain(`variable "certificate" {
  description = "Costs $\${nothing}"
  type        = string
  default     = <<-EOT
    BEGIN
    END
  EOT
  sensitive   = true
}`);
    expect(file).toContain('variable "proxy" {\n  type    = string\n  default = null\n}\n');
  });
});

describe("Terraform's own arguments", () => {
  it("refer without quotes, and stand where people look for them", () => {
    const { "network.tf": file, "providers.tf": providers } = exported((module, stack) => {
      const provider = new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" });
      const first = new IamUser(module, "first", { name: "first" });
      new S3Bucket(module, "bucket", {
        bucket: "test",
        provider,
        dependsOn: [first],
        tags: { Name: "test" },
        lifecycle: {
          ignoreChanges: ["tags"],
          precondition: [{ condition: "${1 == 1}", errorMessage: "No." }],
          replaceTriggeredBy: ["aws_iam_user.network_first"],
        },
      });
    });

    expect(providers).toContain('provider "aws" {\n  alias  = "other"\n  region = "us-east-1"\n}\n');
    expect(file).toMatch(/"network_bucket" \{\n( {2}# checkov:skip=CKV2?_AWS_\d+: .+\n)+ {2}provider = aws.other/);
    expect(file?.replaceAll(/^ {2}# checkov.*\n/gm, "")).toContain(
      `resource "aws_s3_bucket" "network_bucket" {
  provider = aws.other
  bucket   = "test"

  tags = {
    Name = "test"
  }

  lifecycle {
    ignore_changes       = [tags]
    replace_triggered_by = [aws_iam_user.network_first]

    precondition {
      condition     = 1 == 1
      error_message = "No."
    }
  }

  depends_on = [aws_iam_user.network_first]
}`,
    );
  });
});

it("a map of objects is an argument, though cdktf calls it a block", () => {
  const { "network.tf": file } = exported((module) => {
    const localeSpecification = { en_US: { sourceBotVersion: "DRAFT" } };
    new Lexv2ModelsBotVersion(module, "bot", { botId: "A", localeSpecification });
  });

  expect(file).toContain('  locale_specification = {\n    en_US = {\n      source_bot_version = "DRAFT"\n    }\n  }\n');
});

describe("what nothing refers to", () => {
  it("says why, to people and to TFLint", () => {
    const { "network.tf": file, "providers.tf": providers } = exported((module, stack) => {
      new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" });
      new IamUser(module, "user", { name: new DataAwsVpc(module, "read", { default: true }).id });
      new DataAwsVpc(module, "unread", { default: true });
    });

    const ignored = "# tflint-ignore: terraform_unused_declarations\n";
    expect(providers).toContain(
      `needs it for resources that are still in the state.\n${ignored}provider "aws" {\n  alias`,
    );
    expect(file).toContain(`every plan checks its conditions.\n${ignored}data "aws_vpc" "network_unread" {`);
    expect(file?.split(ignored)).toHaveLength(2);
  });
});

describe("what cannot be written", () => {
  it("is an error that names all of it, by address and argument", () => {
    expect(() =>
      exported((module, stack) => {
        const bucket = new S3Bucket(module, "bucket", { bucket: "test" });
        bucket.addOverride("dynamic.grant", { for_each: [] });
        bucket.addOverride("unknown_block", [{ a: 1 }]);
        stack.addOverride("action.health", {});
        stack.addOverride("terraform.cloud", {});
        new IamUser(new Construct(stack, "elsewhere"), "user", { name: "user" });
      }),
    ).toThrow(
      [
        "test: `action` is a part of the configuration that has no form in HCL here.",
        "terraform: `cloud` is a setting that has no form in HCL here.",
        "aws_s3_bucket.network_bucket: `dynamic` has no form in HCL here; give it a plain one in the construct.",
        "aws_s3_bucket.network_bucket: `unknown_block` holds objects, and nothing says whether they are blocks; set it by the binding's own property, not by an override.",
        "aws_iam_user.elsewhere_user: `elsewhere` is in no file; name its construct in handoff/terraform/module-files.ts.",
        "",
        "test cannot be written as HCL; nothing was written.",
      ].join("\n"),
    );
  });

  it("is text whose sequence has no end", () => {
    expect(() =>
      exported((module) => {
        new IamUser(module, "user", { name: "user", path: "/${half", tags: { Name: "%{ if" } });
      }),
    ).toThrow(/^aws_iam_user\.network_user: `path` has a .* closing brace.*\naws_iam_user\.network_user: `tags` has a/);
  });

  it("is a block whose value is an expression", () => {
    expect(() =>
      exported((module) => {
        new S3Bucket(module, "bucket", { bucket: "test", corsRule: Token.asAny("${local.rules}") });
      }),
    ).toThrow("aws_s3_bucket.network_bucket: `cors_rule` is a block, and its value is an expression or no object.");
  });
});
