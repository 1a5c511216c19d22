const childProcess = require("node:child_process");
const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

const programs = { ...childProcess };
const refused = Object.fromEntries(
  ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"].map((name) => [
    name,
    () => {
      throw new Error(
        `Unit tests run no programs (${name}). Call a function, or name the file *.integration.test.ts: see CONTRIBUTING.md.`,
      );
    },
  ]),
);

const lateErrors = ["uncaughtException", "unhandledRejection"];

/** Node.js as it is, where Jest makes a sandbox for each test file; what a file changes of the process is put back. */
module.exports = class Environment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #listeners = lateErrors.map((event) => [event, process.listeners(event)]);
  #before = { console, env: { ...process.env }, exit: process.exit, exitCode: process.exitCode, folder: process.cwd() };

  #runsPrograms;

  constructor({ globalConfig, projectConfig }) {
    this.#runsPrograms = projectConfig.testEnvironmentOptions.programs === true;
    globalThis.updateSnapshots = globalConfig.updateSnapshot;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    if (!this.#runsPrograms) Object.assign(childProcess, refused);
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    Object.assign(childProcess, programs);

    for (const [event, before] of this.#listeners) {
      for (const listener of process.listeners(event)) {
        if (!before.includes(listener)) process.removeListener(event, listener);
      }
    }

    const { console, env, exit, exitCode, folder } = this.#before;
    globalThis.console = console;
    for (const name of Object.keys(process.env)) {
      if (env[name] === undefined) delete process.env[name];
    }
    Object.assign(process.env, env);
    Object.assign(process, { exit, exitCode });
    if (process.cwd() !== folder) process.chdir(folder);
  }

  getVmContext() {
    return null;
  }
};
