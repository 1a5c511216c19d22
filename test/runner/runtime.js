const hooks = require("node:async_hooks");
const Module = require("node:module");
const { dirname, sep } = require("node:path");
const vm = require("node:vm");
const { default: Runtime } = require("jest-runtime");
const kept = require("./kept");
require("./libraries");

const libraries = `${sep}node_modules${sep}`;
const circus = `${libraries}jest-circus${sep}`;
const tests = dirname(__dirname) + sep;

/** Test files and what is in test/, and the test framework with its tests; all of the project where somebody edits it meanwhile. */
const loadedAnew = new Set();

/** Of all files that this worker has loaded, for the lines in messages. */
const sourceMaps = new Map();

/**
 * Loads libraries and the project once in a worker, by Node.js itself, where Jest loads them anew for each test file. Test
 * files and what is in test/ are loaded anew, so that a test file meets no state of another's, but compiled once.
 */
class SharedLibraries extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    const isWatching = globalConfig.watch || globalConfig.watchAll;
    unload(isWatching);
    Module._extensions[".ts"] = (module, path) => {
      if (isWatching || path.endsWith(".test.ts") || path.startsWith(tests)) loadedAnew.add(path);
      const { code, sourceMapPath } = transformer.transform(path, { ...commonJs, ...coverage });
      sourceMaps.set(path, sourceMapPath);
      run(module, path, code);
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
      "Modules cannot be mocked here, only what they export: jest.spyOn. See docs/decisions/0025-unit-and-integration-tests.md.",
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

/** What was compiled of a file that is loaded more than once, while its code stays the same. */
const compiled = new Map();
const parameters = ["exports", "require", "module", "__filename", "__dirname"];

/** As Node.js's `module._compile`, which compiles a file each time that it is loaded. */
function run(module, path, code) {
  let file = compiled.get(path);
  if (file?.code !== code) {
    const importModuleDynamically = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    const main = vm.compileFunction(code, parameters, { filename: path, importModuleDynamically });
    file = { code, main };
    compiled.set(path, file);
  }
  const { resolve } = Module.createRequire(path);
  const require = Object.assign((name) => module.require(name), { resolve, cache: Module._cache });
  file.main.call(module.exports, module.exports, require, module, path, dirname(path));
}

// The test framework keeps its tests in its modules, so it is loaded with each test file too.
const { _compile } = Module.prototype;
Module.prototype._compile = function (code, path, ...others) {
  if (!path.includes(circus)) return _compile.call(this, code, path, ...others);
  loadedAnew.add(path);
  return run(this, path, code);
};

/** Of the test framework's copies. One that is never disabled costs time at each promise of all later test files. */
const storages = [];
hooks.AsyncLocalStorage = class extends hooks.AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    storages.push(this);
  }
};

/** Unloads what a test file has state in. All else of the project has none that another could meet, and is loaded once. */
function unload(isWatching) {
  for (const storage of storages.splice(0)) storage.disable();
  if (isWatching) kept.clear();
  for (const path of loadedAnew) delete require.cache[path];
  loadedAnew.clear();
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key === Symbol.for("EVENT_HANDLERS") || key.description === "JEST_STATE_SYMBOL") delete globalThis[key];
  }
}

module.exports = { __esModule: true, default: SharedLibraries };
