import { AwsError } from "./errors";
import { Service } from "./service";

const failing = (name: string, status = 404) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });

/** Gives an answer back, or an error. */
const send = jest.fn(async (answer: unknown) => {
  if (answer instanceof Error) {
    throw answer;
  }
  return answer;
});

class Echo extends Service<typeof send> {
  readonly asked = this.ask("x:Ask", (given: unknown) => this.client(given));
  readonly found = this.find("x:Find", (given: unknown) => this.client(given));
  readonly written = this.call("x:Put", (given: unknown) => this.client(given));
  readonly listed = this.list("x:List", "items", async function* (...pages: (readonly number[] | undefined | Error)[]) {
    for (const items of pages) {
      if (items instanceof Error) {
        throw items;
      }
      yield { items };
    }
  });
}

let echo: Echo;
beforeEach(() => {
  send.mockClear();
  echo = new Echo(send, { name: "acme", accountId: "123456789012" });
});

describe("a question", () => {
  it("is put once, whatever comes of it", async () => {
    const refusal = failing("AccessDenied", 403);

    expect(await Promise.all([echo.asked("a"), echo.asked("a")])).toEqual(["a", "a"]);
    await expect(echo.found(refusal)).rejects.toBeInstanceOf(AwsError);
    await expect(echo.found(refusal)).rejects.toThrow("acme: AWS does not let these credentials do x:Find");
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("about something else is another question, and so is another one about the same", async () => {
    expect([await echo.asked("a"), await echo.asked("b"), await echo.found("a")]).toEqual(["a", "b", "a"]);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it.each([
    ["NotFound", 404],
    ["InvalidKeyPair.NotFound", 400],
  ])("has no answer where AWS says that there is no such thing: %s", async (code, status) => {
    expect(await echo.found(failing(code, status))).toBeUndefined();
    expect(await echo.listed(failing(code, status))).toEqual([]);
    await expect(echo.asked(failing(code, status))).rejects.toMatchObject({ absent: true });
  });

  it.each([
    ["NoSuchUpload", 404],
    ["Forbidden", 403],
    ["ThrottlingException", 400],
  ])("fails otherwise: %s", async (code, status) => {
    await expect(echo.found(failing(code, status))).rejects.toMatchObject({ code, absent: false });
    await expect(echo.listed(failing(code, status))).rejects.toMatchObject({ code, absent: false });
  });

  it("has what all pages hold, though the first is empty", async () => {
    expect(await echo.listed(undefined, [1, 2], [], [3])).toEqual([1, 2, 3]);
  });
});

it("a call that changes something is made each time", async () => {
  await echo.written("a");
  await echo.written("a");

  expect(send).toHaveBeenCalledTimes(2);
});
