import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { Construct } from "constructs";
import { addressesOf, app, synthesize, synthesizeClient, template, testStack } from "../test/synth";
import { requiredVersion } from "./beside";
import { ClientStack, type ClientStackProps } from "./client-stack";

const user = { name: "someone" };
const state = { bucket: "acme-terraform-state", region: "eu-west-1", accountId: "123456789012" };

/** Synthesises an empty stack of the client acme. */
function stackOf(props: Partial<ClientStackProps> = {}) {
  return template(
    new ClientStack(
      app(),
      { name: "acme-databases", stateKey: "acme/acme-databases.tfstate" },
      { region: "eu-west-1", accountId: "123456789012", state, ...props },
    ),
  );
}

describe("the stack of a client", () => {
  it("keeps its state encrypted and locked in S3, under a key of its own", () => {
    const { terraform } = stackOf();

    expect(terraform.backend).toEqual({
      s3: {
        bucket: "acme-terraform-state",
        key: "acme/acme-databases.tfstate",
        region: "eu-west-1",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["123456789012"],
      },
    });
  });

  it("works in its own account and region alone, with the operator's credentials", () => {
    const { provider } = stackOf();

    expect(provider.aws).toEqual([
      expect.objectContaining({ region: "eu-west-1", allowed_account_ids: ["123456789012"] }),
    ]);
    expect(provider.aws[0]).not.toHaveProperty("assume_role");
  });

  it("takes either major version of the provider", () => {
    const { terraform } = stackOf();

    expect(terraform.required_providers).toEqual({ aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } });
  });

  it("tells cdktn the versions of Terraform and OpenTofu that providers/locks/versions.tf asks for", () => {
    const targets = testStack().node.getContext("targetVersions");

    expect(targets).toEqual({ terraform: requiredVersion, opentofu: requiredVersion });
  });

  it("tags everything with its project and how it is managed", () => {
    const { provider } = stackOf();

    expect(provider.aws[0].default_tags).toEqual([{ tags: { Project: "edx-analytics", ManagedBy: "terraform" } }]);
  });

  it("adds the tags that it is given", () => {
    const { provider } = stackOf({ tags: { CostCentre: "grove" } });

    expect(provider.aws[0].default_tags).toEqual([
      { tags: { CostCentre: "grove", Project: "edx-analytics", ManagedBy: "terraform" } },
    ]);
  });

  it("tags root volumes as well, whose default tags the provider gives once and does not change", () => {
    const { resource } = synthesizeClient({ tags: { CostCentre: "grove" } });
    const volumes = Object.values(resource.aws_instance ?? {}).map(({ root_block_device: disk }) => disk);

    expect(volumes).toHaveLength(2);
    for (const disk of volumes) {
      expect(disk).toMatchObject({
        tags: { Client: "example", CostCentre: "grove", Project: "edx-analytics", ManagedBy: "terraform" },
      });
    }
  });

  it("finds its state in the region that the client file names", () => {
    const { terraform, provider } = stackOf({ state: { ...state, region: "us-east-1" } });

    expect(terraform.backend.s3.region).toBe("us-east-1");
    expect(provider.aws[0].region).toBe("eu-west-1");
  });

  it("finds its state in the account that the client file names", () => {
    const { terraform, provider } = stackOf({ state: { ...state, accountId: "210987654321" } });

    expect(terraform.backend.s3.allowed_account_ids).toEqual(["210987654321"]);
    expect(provider.aws[0].allowed_account_ids).toEqual(["123456789012"]);
  });

  it("deploys and reads its state by the role that the client file names", () => {
    const { terraform, provider } = stackOf({ deployRoleArn: "arn:aws:iam::123456789012:role/deploy" });

    expect(provider.aws[0].assume_role).toEqual([{ role_arn: "arn:aws:iam::123456789012:role/deploy" }]);
    expect(terraform.backend.s3.assume_role).toEqual({ role_arn: "arn:aws:iam::123456789012:role/deploy" });
  });

  it("writes outputs under the names that they are read by", () => {
    const { output } = synthesize((stack) => stack.output("grades_bucket", { description: "Grades", value: "acme" }));

    expect(output).toEqual({ grades_bucket: { description: "Grades", value: "acme" } });
  });

  it("marks an output that is secret", () => {
    const { output } = synthesize((stack) =>
      stack.output("secret_access_key", { description: "Secret", value: "x", sensitive: true }),
    );

    expect(output.secret_access_key).toMatchObject({ sensitive: true });
  });
});

describe("Terraform addresses", () => {
  it("are the construct's path", () => {
    const { resource } = synthesize((stack) => {
      new IamUser(new Construct(stack, "emr-roles"), "service", user);
    });

    expect(resource.aws_iam_user).toHaveProperty("emr_roles_service");
  });

  it("leave out ids in capitals, which only tell siblings apart", () => {
    const { resource } = synthesize((stack) => {
      new IamUser(new Construct(stack, "reports"), "Resource", user);
    });

    expect(resource.aws_iam_user).toHaveProperty("reports");
  });

  it("are made of what Terraform takes", () => {
    const { resource } = synthesize((stack) => {
      new IamUser(stack, "ssh-from-203.0.113.0/24", user);
    });

    expect(resource.aws_iam_user).toHaveProperty("ssh_from_203_0_113_0__24");
  });

  it("may be the same for resources of two types", () => {
    const { resource } = synthesize((stack) => {
      new IamUser(stack, "reports", user);
      new IamUserPolicy(new Construct(stack, "Policy"), "reports", { user: "someone", policy: "{}" });
    });

    expect(resource).toMatchObject({ aws_iam_user: { reports: {} }, aws_iam_user_policy: { reports: {} } });
  });

  it("are an error where two resources have the same, which names both", () => {
    const collide = () =>
      synthesize((stack) => {
        const reports = new Construct(stack, "reports");
        new IamUser(reports, "User", user);
        new IamUser(reports, "Resource", user);
      });

    expect(collide).toThrow(
      "aws_iam_user.reports is the address of test/reports/User and test/reports/Resource; give one another id",
    );
  });

  it("are an error where a dash and an underscore make the same", () => {
    const collide = () =>
      synthesize((stack) => {
        new IamUser(stack, "api-reports", user);
        new IamUser(stack, "api_reports", user);
      });

    expect(collide).toThrow("aws_iam_user.api_reports is the address of test/api-reports and test/api_reports");
  });

  it("read well all over a client: no hash, no capital", () => {
    const addresses = addressesOf(synthesizeClient({ buckets: { apiReports: {} } }));

    expect(addresses.length).toBeGreaterThan(50);
    expect(
      addresses.filter((address) => !/^(data\.)?(aws|terraform)_[a-z0-9_]+\.[a-z][a-z0-9_]*$/.test(address)),
    ).toEqual([]);
  });
});
