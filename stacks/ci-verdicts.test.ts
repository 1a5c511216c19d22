import { verdicts } from "../test/ci-verdicts";
it("x", async () => { console.log((await verdicts()).join("\n")); });
