import { AwsError } from "./errors";
import { pages, Questions } from "./questions";

const failing = (name: string, status = 404) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

describe("a question", () => {
  const questions = () => new Questions({ name: "acme", accountId: "123456789012" });

  it("is put once, whatever comes of it", async () => {
    const asking = questions();
    const answer = jest.fn(async () => "there");
    const refusal = jest.fn(() => Promise.reject(failing("AccessDenied", 403)));

    expect(await Promise.all([1, 2].map(() => asking.ask("iam:GetRole", "a", answer)))).toEqual(["there", "there"]);
    for (const subject of ["b", "b"]) {
      await expect(asking.find("iam:GetRole", subject, refusal)).rejects.toBeInstanceOf(AwsError);
    }

    expect(answer).toHaveBeenCalledTimes(1);
    expect(refusal).toHaveBeenCalledTimes(1);
  });

  it("of another subject or action is another question", async () => {
    const asking = questions();

    expect(await asking.ask("iam:GetRole", "a", async () => 1)).toBe(1);
    expect(await asking.ask("iam:GetRole", "b", async () => 2)).toBe(2);
    expect(await asking.ask("iam:GetUser", "a", async () => 3)).toBe(3);
  });

  it("has no answer where AWS says that there is no such thing, and fails otherwise", async () => {
    const asking = questions();
    const find = (name: string, status?: number) =>
      asking.find("s3:ListBucket", name, () => Promise.reject(failing(name, status)));

    expect(await find("NotFound")).toBeUndefined();
    expect(await find("InvalidKeyPair.NotFound", 400)).toBeUndefined();
    await expect(find("NoSuchUpload")).rejects.toThrow("s3:ListBucket failed with NoSuchUpload");
    await expect(find("Forbidden", 403)).rejects.toMatchObject({ denied: true });
  });

  it("is put each time where a call changes something", async () => {
    const call = jest.fn(async () => {});
    const asking = questions();
    await asking.send("s3:PutBucketPolicy", call);
    await asking.send("s3:PutBucketPolicy", call);

    expect(call).toHaveBeenCalledTimes(2);
  });
});

it("an answer of several pages has what all of them hold, though the first is empty", async () => {
  async function* all() {
    yield {};
    yield { items: [1, 2] };
    yield { items: [3] };
  }

  expect(await pages<{ items?: number[] }, number>(all(), ({ items }) => items)).toEqual([1, 2, 3]);
});
