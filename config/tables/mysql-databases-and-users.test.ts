import { analyticsServer, characterSet, edxappServer } from "./mysql-databases-and-users";

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

  it("is in utf8, which MySQL 8.0 and later call utf8mb3", () => {
    expect(["5.6", "5.7", "8.0", "8.4"].map((version) => characterSet(version).characterSet)).toEqual([
      "utf8",
      "utf8",
      "utf8mb3",
      "utf8mb3",
    ]);
    expect(characterSet("8.0").collation).toBe("utf8mb3_general_ci");
  });
});
