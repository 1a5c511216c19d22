const fs = require("node:fs");
const { TerraformBackend, TerraformStack } = require("cdktf");

// As in cli/edx-analytics.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// cdktf's App makes the last folder of its path alone, and a fresh clone has none of them.
fs.mkdirSync("cdktf.out", { recursive: true });

// What tests write need not outlast a loss of power, which a disk takes milliseconds to promise.
const { writeFileSync } = fs;
fs.writeFileSync = (path, data, options) =>
  writeFileSync(path, data, typeof options === "object" ? { ...options, flush: false } : options);

// cdktf takes a stack trace without a limit for each of its tokens, which would be half of a test run's time.
const captureStackTrace = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) captureStackTrace(object, below);
};

// cdktf resolves a stack first to find its references to other stacks and to add a backend. Stacks with a
// backend are this project's, which refer to no other; test/cdktn.test.ts compares them with stacks of cdktn as it is.
const { prepareStack } = TerraformStack.prototype;
TerraformStack.prototype.prepareStack = function () {
  if (!this.node.children.some(TerraformBackend.isBackend)) prepareStack.call(this);
};

// cdktf makes a context and several regular expressions' work of each value, and resolves a stack's JSON a second time after
// each of its elements. Here it resolves what has a token in it, and of the whole what overrides have put there; all else
// only loses what is undefined.
const tokens = require("cdktf/lib/_tokens");
const { resolve } = tokens;
tokens.resolve = (scope, value) => {
  const made = (part) => resolve(scope, part);
  return TerraformStack.isStack(scope) && value["//"]?.outputs !== undefined
    ? mapped(value, (block, name) => (name in scope.rawOverrides ? resolved(block, made) : block))
    : resolved(value, made);
};

function resolved(value, resolve) {
  if (Array.isArray(value) && value.every((item) => typeof item === "object" || isPlain(item))) {
    return value.map((item) => resolved(item, resolve)).filter((item) => item !== undefined);
  }
  if (value?.constructor === Object && Object.keys(value).every(isPlain)) {
    return mapped(value, (item) => resolved(item, resolve));
  }
  return isPlain(value) ? value : resolve(value);
}

/** Whether a value is no token, and no text with one: as itself, or as a part of one that stands for a number. */
function isPlain(value) {
  if (typeof value === "string") return !(value.includes("TfToken[") || value.includes("e+"));
  return typeof value === "number"
    ? value >= 0 && Number.isSafeInteger(value)
    : value == null || typeof value === "boolean";
}

function mapped(object, change) {
  const all = {};
  for (const key of Object.keys(object)) {
    const value = change(object[key], key);
    if (value !== undefined) all[key] = value;
  }
  return all;
}
