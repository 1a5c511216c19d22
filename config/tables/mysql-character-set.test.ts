import { characterSet } from "./mysql-character-set";

it("databases are in utf8, which MySQL 8.0 and later call utf8mb3", () => {
  expect(["5.6", "5.7", "8.0", "8.4"].map((version) => characterSet(version).characterSet)).toEqual([
    "utf8",
    "utf8",
    "utf8mb3",
    "utf8mb3",
  ]);
  expect(characterSet("8.0").collation).toBe("utf8mb3_general_ci");
});
