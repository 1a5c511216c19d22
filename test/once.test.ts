import { once } from "./once";

it("makes a thing once, by all that it is made of", () => {
  const make = jest.fn(() => ({ list: [1] }));
  const given = (fields: object) => once(["once.test", fields], make);

  expect(given({ a: 1 })).toBe(given({ a: 1 }));
  expect(make).toHaveBeenCalledTimes(1);
  given({});
  given({ a: undefined });
  expect(make).toHaveBeenCalledTimes(3);
});

it("is not changed for the next test file", () => {
  const made = once(["once.test", "frozen"], () => ({ list: [1] }));

  expect(() => made.list.push(2)).toThrow(TypeError);
});
