// cdktf takes a stack trace without a limit for each of its tokens, which would be half of a test run's time.
const captureStackTrace = Error.captureStackTrace;
Error.captureStackTrace = (object, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) {
    captureStackTrace(object, below);
  }
};
