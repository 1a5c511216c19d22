import { terminal } from "./terminal";

afterEach(() => {
  jest.restoreAllMocks();
});

it("says once what is under way where nothing can turn, however many results come meanwhile", () => {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  }

  for (const section of ["Network", "EMR"]) {
    for (const answer of ["one", "two"]) {
      terminal.busy(`Asking: ${section}`);
      terminal.result(answer);
    }
    terminal.busy(`Asking: ${section}`);
  }

  expect(lines).toEqual(["Asking: Network …\n", "one\n", "two\n", "Asking: EMR …\n", "one\n", "two\n"]);
});
