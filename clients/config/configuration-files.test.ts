import { clientOf, mistakes } from "../../test/client-files";

describe("configurationFiles", () => {
  it("may be left out: what the files miss is said when they are rendered", () => {
    expect(clientOf().configurationFiles).toEqual({
      gitPath: "edx",
      jenkins: {
        credentialId: "github-deploy-key",
        gitUser: "git",
        emrPrivateKey: "/home/ubuntu/secure-config/analytics.pem",
        commonVars: "",
      },
      calendarEnd: "2040-01-01",
      taskInstances: { count: 2, type: "m4.large" },
      extra: { varsAnalytics: {}, emrVars: {}, jenkinsEnv: {}, analyticsOverride: {} },
    });
  });

  it.each([
    ["lmsUrl", "courses.example.org", "scheme and host name are required, as in `https://courses.example.org`."],
    ["lmsUrl", "https://courses.example.org/login", "Leave out what comes behind them."],
    ["contactEmail", "analytics", "an e-mail address is required, as in `analytics@example.org`."],
    ["startDate", "01.02.2016", "a day is required, as in `2016-01-01`."],
    ["clusterName", "two\nlines", "one line of text without blanks at its ends is required."],
    ["clusterName", " Acme", "one line of text without blanks at its ends is required."],
    ["mysqlConnectorVersion", "5.1", "a version is required, as in `5.1.47`."],
    ["secureRepository", { url: "https://git:pw@example.org/x", version: "main" }, "an address without a password"],
    ["s3Logs.accessKeyId", "hidden", "an access key id is required"],
    ["taskInstances.count", -1, "a whole number from 0 to 1000 is allowed."],
    ["extra", { jenkinsEnv: { "A-B": "x" } }, "a variable is letters, digits and _, and starts with no digit."],
    ["extra", { analyticsOverride: { hive: { "A B": "x" } } }, "a key is a-z, 0-9, _, . and -."],
    ["tls", { on: "router" }, '"host", "load-balancer" are allowed.'],
  ])("%s: %j is a mistake", (field, value, message) => {
    expect(mistakes({ [`configurationFiles.${field}`]: value }).join("\n")).toContain(message);
  });
});
