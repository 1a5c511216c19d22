import { clientOf } from "../../test/client-files";
import { fakeTerminal } from "../../test/fake-terminal";
import { ownersBeside } from "./owners";

const bucket = "example-terraform-state";
const example = clientOf();
const other = clientOf({ name: "other", state: { bucket } });
const elsewhere = clientOf({ name: "elsewhere", state: { bucket: "elsewhere" } });
const listed = clientOf({ name: "other", state: { bucket, deployers: ["arn:aws:iam::123456789012:user/operator"] } });

describe("the clients whose roles a bucket's policy refuses", () => {
  it("are those with state in it", () => {
    const terminal = fakeTerminal();

    expect(ownersBeside(example, { owners: [example, elsewhere, other], unreadable: [] }, terminal)).toEqual([
      example,
      other,
    ]);
    expect(terminal.errors).toEqual([]);
  });

  it("are not those whose files have mistakes, which is said", () => {
    const terminal = fakeTerminal();

    expect(ownersBeside(example, { owners: [example], unreadable: ["clients/broken.ts"] }, terminal)).toEqual([
      example,
    ]);
    expect(terminal.errors).toEqual([
      "Not read, for there are mistakes in them: clients/broken.ts. If their state is in example-terraform-state, repeat this.",
    ]);
  });

  it("are all read where a list of deployers could lock their CI out", () => {
    expect(() =>
      ownersBeside(example, { owners: [example, listed], unreadable: ["clients/broken.ts"] }, fakeTerminal()),
    ).toThrow(
      "example: `state.deployers` admits CI's roles of all clients in the bucket, and these files cannot be read: clients/broken.ts. Correct them first.",
    );
  });
});
