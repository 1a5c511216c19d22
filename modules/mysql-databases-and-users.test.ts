import { analyticsServer, edxappServer } from "./mysql-databases-and-users";

describe("what the servers hold", () => {
  it("is the runbook's", () => {
    const server = analyticsServer("edxapp001");
    const grants = ["dashboard", "analytics-api", "reports"].map((database) => ({
      privilege: "ALL PRIVILEGES",
      database,
    }));

    expect(server).toEqual({
      databases: ["dashboard", "analytics-api", "reports"],
      users: [
        { login: "analytics", name: "analytics", grants },
        { login: "migration", name: "edxapp001", grants },
      ],
    });
    expect(edxappServer).toEqual({
      databases: [],
      users: [{ login: "edxapp_ro", name: "edxapp_ro", grants: [{ privilege: "SELECT" }] }],
    });
  });
});
