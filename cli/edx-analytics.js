#!/usr/bin/env node
// The AWS SDK's note on future versions of Node.js is for those who raise its locked version, not for operators.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// Client files are TypeScript.
require("tsx/cjs");

// Whoever reads may stop before the end, as `head` does: the command goes on, and its status stays.
process.stdout.on("error", ({ code }) => {
  if (code !== "EPIPE") {
    process.exitCode = 1;
    process.stderr.write(`Standard output cannot be written (${code}): what the command says is not whole.\n`);
  }
});
process.stderr.on("error", () => {});

require("./main")
  .main(process.argv.slice(2))
  .then((status) => {
    // What a client file left running may have failed beside the command, or its results could not be written.
    process.exitCode = process.exitCode || status;
  });
