/** For a repository of client files: `"jest": { "preset": "edx-analytics-aws" }`. */
module.exports = {
  testEnvironment: require.resolve("./jest-environment.js"),
  testMatch: ["<rootDir>/*.test.ts"],
  // Against a test that hangs; many clients are synthesised, which takes long on a busy machine.
  testTimeout: 300_000,
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};
