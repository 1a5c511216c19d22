import { version } from "@cdktf/provider-aws/package.json";
import { missingLibrary } from "./missing-library";

const missing = (name: string, code = "MODULE_NOT_FOUND") =>
  missingLibrary(Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /x.js`), { code }));

it("says which version is required where the installed one lacks a file", () => {
  expect(missing("@cdktf/provider-aws/lib/nonesuch")).toBe(
    `needs lib/nonesuch of @cdktf/provider-aws, which the installed version ${version} does not have. ^21.22.1 || ^25.7.0 is required: write such a version into \`package.json\` of the repository of your client files and run \`npm install\` there, or \`npm ci\` if it is one, then the command.`,
  );
});

it.each([
  ["a module of the package itself", "./nonesuch", undefined],
  ["a library that no operator's repository installs", "@cdktf/provider-awscc/lib/x", undefined],
  ["another error", "@cdktf/provider-aws/lib/nonesuch", "ENOENT"],
])("says nothing of %s", (_, name, code) => {
  expect(missing(name, code)).toBeUndefined();
});
