#!/usr/bin/env node
// The AWS SDK's note on future versions of Node.js is for those who raise its locked version, not for operators.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// Client files are TypeScript.
require("tsx/cjs");

require("./main")
  .main(process.argv.slice(2))
  .then((status) => {
    // What a client file left running may have failed beside a command that succeeds.
    process.exitCode = status || process.exitCode;
  });
