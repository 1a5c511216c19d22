import { fakeTerminal } from "../test/fake-terminal";
import { printFindings, refused } from "./findings";

it.each([
  ["is missing: `x` names it. Set it.", "is missing: `x` names it."],
  ["could not be asked: `configurationFiles.lmsUrl` is missing in clients/a.ts. Set it.", undefined],
  [
    "cannot be asked: EC2 does not answer. `aws sts get-caller-identity` tells.",
    "cannot be asked: EC2 does not answer.",
  ],
  ["is off, so nothing starts. `aws ec2 modify-vpc-attribute --vpc-id x` turns it on", "is off, so nothing starts."],
  ['is 8.0.42, and `engineVersion` is 8.0.35: Write "8.0.42"', undefined],
])("the end repeats the first sentence as a whole: %s", async (text, sentence) => {
  const terminal = fakeTerminal();
  const findings = async function* () {
    yield { subject: "x", ...refused(text) };
  };

  await expect(printFindings([["One", findings()]], terminal, { refused: "no", unasked: () => "" })).rejects.toThrow(
    "no",
  );

  const recap = terminal.results.find((line) => line.startsWith("\nRefused\n")) ?? "";
  expect(recap.replaceAll(/ {2,}/g, " ").split("refused x ")[1]).toBe(sentence ?? text.replace(" Set it.", ""));
});
