import { groupedWarnings } from "./grouped-warnings";

it("says each warning once, with the clients that it concerns", () => {
  const clients = [
    { name: "acme", warnings: ["old", "dear"] },
    { name: "birch", warnings: ["old"] },
    { name: "cedar", warnings: [] },
  ];

  expect(groupedWarnings(clients)).toEqual([
    { text: "old", clients: ["acme", "birch"] },
    { text: "dear", clients: ["acme"] },
  ]);
});
