const Module = require("node:module");
const { sep } = require("node:path");
const { default: Runtime } = require("jest-runtime");
require("./libraries");

const libraries = `${sep}node_modules${sep}`;
const circus = `${libraries}jest-circus${sep}`;

/** Of all files that this worker has loaded, for the lines in messages. */
const sourceMaps = new Map();

/**
 * Loads libraries once in a worker, by Node.js itself, where Jest loads them anew for each test file. Files of the
 * project are loaded anew, so that a test file meets no state of another's.
 */
class SharedLibraries extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    forgetTests(config.rootDir);
    Module._extensions[".ts"] = (module, path) => {
      const { code, sourceMapPath } = transformer.transform(path, { ...commonJs, ...coverage });
      sourceMaps.set(path, sourceMapPath);
      module._compile(code, path);
    };
    globalThis.jest = this.requireModuleOrMock(testPath, "@jest/globals").jest;
  }

  requireModule(from, name = from) {
    return Module.createRequire(from)(name);
  }

  requireInternalModule(from, name) {
    return this.requireModule(from, name);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  setMock() {
    throw new Error(
      "Modules cannot be mocked here, only what they export: jest.spyOn. See docs/decisions/0021-unit-tests.md.",
    );
  }

  isolateModules() {
    this.setMock();
  }
}

const commonJs = {
  isInternalModule: false,
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** Unloads the project's files, and the test framework with its tests. */
function forgetTests(root) {
  for (const path of Object.keys(require.cache)) {
    const own = path.startsWith(root + sep) && !path.includes(libraries) && !path.startsWith(__dirname);
    if (own || path.includes(circus)) delete require.cache[path];
  }
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key === Symbol.for("EVENT_HANDLERS") || key.description === "JEST_STATE_SYMBOL") delete globalThis[key];
  }
}

module.exports = { __esModule: true, default: SharedLibraries };
