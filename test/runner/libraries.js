const { mkdirSync } = require("node:fs");
const { TerraformBackend, TerraformStack } = require("cdktf");

// As in cli/edx-analytics.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// cdktf's App makes the last folder of its path alone, and a fresh clone has none of them.
mkdirSync("cdktf.out", { recursive: true });

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

// It also resolves a stack's JSON a second time after each of its elements. Without tokens nothing is left to resolve.
const tokens = require("cdktf/lib/_tokens");
const { resolve } = tokens;
tokens.resolve = (scope, value) =>
  value?.["//"]?.outputs !== undefined && !JSON.stringify(value).includes("TfToken[") ? value : resolve(scope, value);
