// For the workers, which get the flags of this process: V8's garbage collector runs less where what is new has more room.
process.execArgv.push("--max-semi-space-size=64");

module.exports = {
  testEnvironment: "<rootDir>/test/runner/environment.js",
  runtime: "<rootDir>/test/runner/runtime.js",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "/cdktf.out/",
    "/dist/",
    "/package/template/",
    "\\.integration\\.test\\.ts$",
  ],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/dist/"],
  maxWorkers: "100%",
  // Against a test that hangs; some synthesise whole trees, which takes long on a busy machine.
  testTimeout: 120_000,
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};
