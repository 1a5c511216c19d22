/** What test files of a worker have in common: test/once.ts. */
module.exports = new Map();
