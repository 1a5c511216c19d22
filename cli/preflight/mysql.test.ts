import { DescribeParametersCommand, ListTagsForResourceCommand } from "@aws-sdk/client-ssm";
import { asked, ownTags, readyAccount, ssm, withState } from "../../test/ready-account";

beforeEach(readyAccount);

const named = (login: string) => ({
  ParameterFilters: [{ Key: "Name", Option: "Equals" as const, Values: [`/edx-analytics/example/mysql/${login}`] }],
});

describe("passwords of MySQL users", () => {
  it("that the stack creates have free names, or are managed by it; that the operator puts there exist", async () => {
    expect((await asked()).rows).toEqual(
      expect.arrayContaining([
        "ok parameter /edx-analytics/example/mysql/analytics does not exist: the name is free",
        "ok parameter /edx-analytics/example/mysql/edxapp_ro does not exist: the name is free",
        "ok password of migration exists",
      ]),
    );

    ssm.on(DescribeParametersCommand, named("analytics")).resolves({ Parameters: [{}] });
    ssm.on(ListTagsForResourceCommand).resolves({ TagList: ownTags });
    withState();
    expect((await asked()).rows).toContain(
      "ok parameter /edx-analytics/example/mysql/analytics exists, managed by this stack",
    );
  });

  it("that the stack does not manage would let the deploy fail", async () => {
    ssm.on(DescribeParametersCommand, named("edxapp_ro")).resolves({ Parameters: [{}] });
    ssm.on(ListTagsForResourceCommand).resolves({ TagList: [] });

    expect((await asked()).notOk).toEqual([
      "refused parameter /edx-analytics/example/mysql/edxapp_ro exists, and is not managed by this stack. Delete it if nobody needs it: `aws ssm delete-parameter --name /edx-analytics/example/mysql/edxapp_ro`.",
    ]);
  });

  it("are found on a later page, where SSM's first one is empty", async () => {
    for (const login of ["analytics", "migration"]) {
      ssm.on(DescribeParametersCommand, named(login)).resolves({ Parameters: [], NextToken: "more" });
      ssm.on(DescribeParametersCommand, { ...named(login), NextToken: "more" }).resolves({ Parameters: [{}] });
    }
    ssm.on(ListTagsForResourceCommand).resolves({ TagList: ownTags });
    withState();

    expect((await asked()).rows).toEqual(
      expect.arrayContaining([
        "ok parameter /edx-analytics/example/mysql/analytics exists, managed by this stack",
        "ok parameter /edx-analytics/example/mysql/edxapp_ro does not exist: the name is free",
        "ok password of migration exists",
      ]),
    );
  });

  it("that are missing come with the command that puts them there; the client's own stack needs none", async () => {
    ssm.on(DescribeParametersCommand, named("migration")).resolves({ Parameters: [] });
    const { notOk, error } = await asked({ mysql: { edxappAdmin: "root" } });

    expect(error).toBeUndefined();
    expect(notOk).toEqual([
      expect.stringMatching(
        /^warning password of migration does not exist, and example-databases needs it\. Put it there: `\(printf 'Password: ' >&2; IFS= read -rs .* --name \/edx-analytics\/example\/mysql\/migration --type SecureString --overwrite --value file:\/\/\/dev\/stdin\)`\./,
      ),
      expect.stringMatching(/^warning password of edxapp_admin does not exist/),
    ]);
  });

  it("that exist and stay are the operator's to put there", async () => {
    const mysql = { passwords: { edxapp_ro: { existing: true as const } } };
    expect((await asked({ mysql })).notOk).toEqual([
      expect.stringMatching(/^warning password of edxapp_ro does not exist, and example-databases needs it/),
    ]);

    ssm.on(DescribeParametersCommand, named("edxapp_ro")).resolves({ Parameters: [{}] });
    expect((await asked({ mysql })).rows).toContain("ok password of edxapp_ro exists");
  });

  it("of a master user are asked for where RDS does not manage them", async () => {
    const database = { iterations: { "1": { masterPassword: { existing: true as const } } } };
    expect((await asked({ database })).notOk).toContainEqual(
      expect.stringMatching(/^warning password of master_1 does not exist, and example-databases needs it/),
    );

    ssm.on(DescribeParametersCommand, named("master_1")).resolves({ Parameters: [{}] });
    expect((await asked({ database })).rows).toContain("ok password of master_1 exists");
  });

  it("are never read", async () => {
    await asked();

    expect(ssm.calls().map(({ args }) => args[0].constructor.name)).not.toContain("GetParameterCommand");
  });
});
