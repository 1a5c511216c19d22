import { exportFleet } from "../../cli/export";
import { checkFiles, loadFleet } from "../../config/load/load";
import { changed } from "../../test/client-files";

/** The files of a client's stacks, exported together. */
const exported = exportFleet(loadFleet("olive"), "exported");

function read(stack: string, file: string): string {
  const { files = [] } = exported.find(({ name }) => name === stack) ?? {};
  return (files.find(({ name }) => name === file)?.content ?? "").replaceAll(/\s+/g, " ");
}

describe("what stacks that are exported together say of each other", () => {
  it("is that the one with the permissions boundary is applied first, and destroyed last", () => {
    expect([...read("olive", "README.md").matchAll(/\| \[`([\w-]+)`\]/g)].map(([, name]) => name)).toEqual([
      "olive-ci",
      "olive",
      "olive-databases",
    ]);
    expect(read("olive", "OPERATIONS.md")).toContain("in this order: `olive-databases`, `olive`, `olive-ci`.");
  });

  it("is every place of the state's bucket, for whoever moves it", () => {
    const bucket = "grove-terraform-state";
    for (const { name, files } of exported) {
      const [, moving = ""] = /## Moving the state(.*?)##/.exec(read(name, "OPERATIONS.md")) ?? [];
      const places = files.filter((file) => !file.name.endsWith(".md") && file.content.includes(bucket));

      expect(places.map((file) => file.name).filter((file) => !moving.includes(`\`${file}\``))).toEqual([]);
    }
    expect(read("olive", "OPERATIONS.md")).toContain("`PLAN` and `STATE_REGION` in `ci/github.yml` and its copy");
    expect(read("olive", "OPERATIONS.md")).toContain("the ARNs of the bucket in `olive-ci/ci-roles.tf`");
  });

  it("is which lines of CI's roles a new database needs", () => {
    expect(read("olive", "README.md")).toContain("copy each line of `olive-ci/ci-roles.tf` that names those");
    for (const kind of ["db", "pg", "snapshot"]) {
      expect(read("olive-ci", "ci-roles.tf")).toContain(`210987654321:${kind}:olive-analytics`);
    }
  });

  it("is where a password goes: to the stack that logs in, or to the server's owner", () => {
    expect(read("olive", "README.md")).toContain("then raise and apply it in `olive-databases`.");
    expect(read("olive", "README.md")).toContain("`edxapp_ro` is a user of the edxapp server, which no stack here");
    expect(read("olive-databases", "variables.tf")).not.toContain("edxapp_ro");
  });

  it("is that a person plans what has no workflow", () => {
    expect(read("olive", "README.md")).toContain("## Plans in CI");
    expect(read("olive-databases", "README.md")).toContain("## Plans by hand");
    expect(read("olive-ci", "README.md")).toContain("## Plans by hand");
  });
});

it("a README lists what the stack looks up, by what it is looked up", () => {
  expect(read("olive", "README.md")).toContain("| `data.aws_vpc.network` | `vpc-0a1b2c3d4e5f60718` |");
  expect(read("olive", "README.md")).toContain(
    "| `data.aws_s3_bucket.buckets_tracking_logs` | `olive-tracking-logs` |",
  );
  expect(read("olive", "README.md")).toContain(
    "parameters of SSM below `/edx-analytics/olive/` that no file here names",
  );
});

describe("the account's service-linked role of Elasticsearch", () => {
  const files = (vpc: object) => {
    const { clients } = checkFiles([{ name: "example", input: changed({ "elasticsearch.vpc": vpc }) }], {
      complete: false,
      others: [],
    });
    const stacks = exportFleet({ clients, shared: [] }, "exported");
    const text = (name: string) => stacks[0]?.files.find((file) => file.name === name)?.content ?? "";
    return (name: string) => text(name).replaceAll(/\s+/g, " ");
  };

  it("is kept when a stack that manages it is destroyed, for domains of others", () => {
    const read = files({});

    expect(read("elasticsearch-domain.tf")).toContain(
      "# The account has one such role, for all its domains in a VPC. AWS deletes it once there is none, in any region.",
    );
    expect(read("OPERATIONS.md")).toContain(
      "in any region: `terraform state rm aws_iam_service_linked_role.elasticsearch_service_role`.",
    );
    expect(read("README.md")).not.toContain("AWSServiceRoleForAmazonElasticsearchService");
  });

  it("is named where another owner manages it", () => {
    const read = files({ serviceRole: { existing: true } });

    expect(read("README.md")).toContain(
      "needs the account's service-linked role `AWSServiceRoleForAmazonElasticsearchService`, which another owner manages",
    );
    expect(read("OPERATIONS.md")).not.toContain("service_linked_role");
  });
});
