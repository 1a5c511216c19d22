const { TestEnvironment } = require("jest-environment-node");

/** Node's environment, which tells the tests what `jest -u` and `jest --ci` ask for. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.updateSnapshots = config.globalConfig.updateSnapshot;
  }
};
