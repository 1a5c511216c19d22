const unit = require("./jest.config");

/** What runs other programs, or takes other libraries: docs/decisions/0025-unit-and-integration-tests.md. */
module.exports = {
  ...unit,
  testMatch: ["<rootDir>/**/*.integration.test.ts"],
  testPathIgnorePatterns: unit.testPathIgnorePatterns.slice(0, -1),
  testEnvironmentOptions: { programs: true },
};
