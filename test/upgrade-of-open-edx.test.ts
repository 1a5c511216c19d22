import example from "../clients/example";
import { mistakes, type Overrides } from "./client-files";
import { synthesizeClient, synthesizeDatabases, type Template } from "./synth";
import { upgradeSteps } from "./upgrade-steps";

const steps = () => upgradeSteps(example.hosts.keyPair) as Overrides[];

/** Addresses of what holds data or serves. */
function addresses({ resource }: Template): string[] {
  return ["aws_db_instance", "aws_instance", "aws_elasticsearch_domain"].flatMap((type) =>
    Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`),
  );
}

const first = { release: "maple", hosts: { keyPair: example.hosts.keyPair } } satisfies Overrides;
const [add, move, unprotect, retire, addForOlive, unprotectForOlive, retireForOlive] = steps() as [
  Overrides,
  Overrides,
  Overrides,
  Overrides,
  Overrides,
  Overrides,
  Overrides,
];

describe("the upgrade of Open edX, as docs/operations.md has it", () => {
  it("is of client files without a mistake", () => {
    expect(steps()).toHaveLength(7);
    expect(steps().flatMap((step) => mistakes({ ...step }))).toEqual([]);
  });

  it.each<[string, Overrides, Overrides, string[]]>([
    ["Nutmeg", first, add, ["aws_db_instance.database_2", "aws_instance.analytics_2"]],
    ["Olive", retire, addForOlive, ["aws_db_instance.database_3", "aws_instance.analytics_3"]],
  ])("to %s begins with a new database and host, and changes nothing that runs", (_, before, after, added) => {
    const [had, gets] = [before, after].map((step) => synthesizeClient(step)) as [Template, Template];

    expect(addresses(gets).filter((address) => !addresses(had).includes(address))).toEqual(added);
    expect(gets.resource).toMatchObject(had.resource);
    expect(synthesizeDatabases(after).resource).toMatchObject(synthesizeDatabases(before).resource);
  });

  it("moves the Elastic IP, and nothing else", () => {
    const { aws_eip_association: former, ...had } = synthesizeClient(add).resource;
    const { aws_eip_association: latter, ...gets } = synthesizeClient(move).resource;

    expect(gets).toEqual(had);
    expect(latter).not.toEqual(former);
  });

  it.each<[string, Overrides, Overrides, string[]]>([
    ["Nutmeg", unprotect, retire, ["aws_db_instance.database_1", "aws_instance.analytics_1"]],
    [
      "Olive",
      unprotectForOlive,
      retireForOlive,
      ["aws_db_instance.database_2", "aws_instance.analytics_2", "aws_elasticsearch_domain.elasticsearch"],
    ],
  ])("to %s ends with what was no longer protected", (_, before, after, destroyed) => {
    const { resource } = synthesizeClient(before);
    const left = addresses(synthesizeClient(after));
    const unprotected = addresses({ resource } as Template).filter((address) => {
      const [type, name] = address.split(".") as [string, string];
      return resource[type]?.[name]?.lifecycle?.prevent_destroy !== true;
    });

    expect(addresses({ resource } as Template).filter((address) => !left.includes(address))).toEqual(destroyed);
    expect(unprotected).toEqual(expect.arrayContaining(destroyed));
  });
});
