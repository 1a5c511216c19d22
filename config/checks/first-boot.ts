import { isExisting } from "../existing";
import { problem } from "../load/problem";
import { openedxBranch } from "../playbooks";
import { type Check, check } from "./check";

/** A branch or tag that is the same in bash, in YAML and in Terraform's JSON; git takes others. */
const plainBranch = /^(?!-)[\w.+@/-]{1,250}$/;

/** What the first boot of a new director installs from. */
export const firstBootChecks: readonly Check[] = [
  check(["director", "release", "configurationFiles.openedxRelease"], (client) => {
    const { director, release } = client;
    if (isExisting(director) || director.firstBoot === "upgrade") {
      return [];
    }
    const branch = openedxBranch(client);
    if (branch === undefined) {
      return [
        problem(
          "director.firstBoot",
          director.firstBoot,
          `edx/configuration has no branch of ${release}`,
          "Set `configurationFiles.openedxRelease` to a branch of yours, or remove the field",
        ),
      ];
    }
    return plainBranch.test(branch)
      ? []
      : [
          problem(
            "configurationFiles.openedxRelease",
            branch,
            'with `director.firstBoot: "install"`, up to 250 letters, digits and . _ + @ / - are allowed, with no - at the start',
            "Rename the branch",
          ),
        ];
  }),
];
