module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/cdktf.out/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/"],
  setupFiles: ["<rootDir>/test/jest-setup.js"],
  maxWorkers: "100%",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};
