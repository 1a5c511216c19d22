import example from "../../../clients/example";
import { releaseNames, releases } from "../../../config/tables/versions-by-release";
import { installAtFirstBoot } from "../../../modules/first-boot";
import { clientOf, type Overrides } from "../../../test/client-files";
import { commands, sourcesFor, titles } from "../../../test/run-steps";
import { runFile, stepsOf } from "./run-file";

const director = { ...example.director, firstBoot: "install" } as NonNullable<Overrides["director"]>;

describe.each(releaseNames.slice(0, releaseNames.indexOf("redwood")))("RUN.md of %s", (release) => {
  const installed: Overrides = { release, director };

  it("leaves the commands of the director's first boot out, and no others", () => {
    const { director: resolved } = clientOf({ ...installed, allowDiscontinued: true });
    const { playbooks } = resolved as { readonly playbooks: { readonly url: string; readonly version: string } };
    const boot = installAtFirstBoot(releases[release].ubuntu, playbooks)
      .split("\n")
      .map((line) => line.trim());
    const [before, after] = [commands({ release }).split("\n"), commands(installed).split("\n")];

    const left = before.filter((line) => !after.includes(line));
    expect(left.filter((line) => !boot.includes(line))).toEqual([
      'for folder in ~/secure-config ~/configuration ~/ansible; do if test -e $folder; then echo "$folder exists"; false; fi; done',
    ]);
    expect(left.length).toBeGreaterThan(6);
    expect(after.filter((line) => boot.includes(line))).toEqual([]);
    expect(titles(installed)).toEqual(titles({ release }));
  });

  it("waits for it, and asks what it has installed", () => {
    const step = stepsOf(sourcesFor(installed)).find(({ title }) => title.startsWith("Director"));

    expect(step?.commands).toEqual([
      'for folder in ~/secure-config; do if test -e $folder; then echo "$folder exists"; false; fi; done',
      "cloud-init status --wait || true",
      `grep -qxF 'https://github.com/edx/configuration.git open-release/${release}.master' ~/director-installed || (tail -n 20 /var/log/cloud-init-output.log; false)`,
      "git clone --branch main git@git.example.org:acme/secure.git ~/secure-config",
      "chmod -R go= ~/secure-config",
    ]);
    expect(runFile(sourcesFor(installed)).text).toContain("run `/usr/local/bin/install-director`, then paste");
  });
});

it("asks for the fork and the branch of the client file", () => {
  const overrides = { director, configurationFiles: { gitPath: "acme", openedxRelease: "of-acme" } };

  expect(commands(overrides)).toContain("'https://github.com/acme/configuration.git of-acme' ~/director-installed");
});
