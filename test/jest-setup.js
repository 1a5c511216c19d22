// cdktf takes a stack trace without a limit for each of its tokens, which would be half of a test run's time.
const captureStackTrace = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) {
    captureStackTrace(object, below);
  }
};

// As in bin/edx-analytics.js.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

// cdktf's App makes the last folder of its path alone, and a fresh clone has none of them.
require("node:fs").mkdirSync("cdktf.out", { recursive: true });
