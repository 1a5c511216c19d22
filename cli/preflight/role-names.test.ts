import { GetRoleCommand } from "@aws-sdk/client-iam";
import example from "../../clients/example";
import { asked, iam, readyAccount } from "../../test/ready-account";

beforeEach(readyAccount);

const hasRole = (RoleName: string) =>
  iam
    .on(GetRoleCommand, { RoleName })
    .resolves({ Role: { Path: "/", RoleName, RoleId: "x", Arn: "x", CreateDate: new Date(0) } });

it("the name of a role is asked about where the client makes it", async () => {
  hasRole("example-director");
  expect((await asked()).notOk).toEqual([]);
  const director = { ...(example.director as object), passwordReader: {} } as typeof example.director;
  expect((await asked({ director })).notOk).toContainEqual(
    "refused role example-director exists, and is not managed by this stack. Set `director.passwordReader.roleName`. If it was made by hand, it can be imported: docs/adopting.md.",
  );
});

it("a name of the runbook's is freed by the prefix too", async () => {
  hasRole("edxanalytics");

  expect((await asked({ naming: "runbook" })).notOk).toContainEqual(
    'refused role edxanalytics exists, and is not managed by this stack. Set `hosts.role.name`, or `naming` to "prefixed". If it was made by hand, it can be imported: docs/adopting.md.',
  );
});

it("the role that Session Manager reaches hosts by has no name of its own to change", async () => {
  hasRole("example-session-manager");

  expect((await asked()).notOk).toEqual([]);
  expect((await asked({ sessionManager: true })).notOk).toContainEqual(
    "refused role example-session-manager exists, and is not managed by this stack. Delete it, or rename the client. If it was made by hand, it can be imported: docs/adopting.md.",
  );
});

it("the role that makes snapshots of hosts has no name of its own to change", async () => {
  hasRole("example-analytics-backups");

  expect((await asked()).notOk).toEqual([]);
  expect((await asked({ hosts: { ...example.hosts, backups: {} } })).notOk).toContainEqual(
    "refused role example-analytics-backups exists, and is not managed by this stack. Delete it, or rename the client. If it was made by hand, it can be imported: docs/adopting.md.",
  );
});
