import { layOut } from "./expression";

function lines(source: string, lead = 20): string[] {
  return layOut(source, { indentation: 2, lead }).split("\n");
}

const long = "data.aws_route_tables.a_long_name.ids";

describe("an expression", () => {
  it("stays on its line while there is room, with the blanks of terraform fmt", () => {
    expect(lines("merge(local.a,{b = 1})")).toEqual(["merge(local.a, { b = 1 })"]);
  });

  it("is broken at the arguments of its call", () => {
    expect(lines(`concat(${long}, ${long}, ${long}, "a, b")`)).toEqual([
      "concat(",
      `  ${long},`,
      `  ${long},`,
      `  ${long},`,
      '  "a, b",',
      ")",
    ]);
  });

  it("is opened on the line of the call where the last argument is in brackets itself", () => {
    expect(lines(`jsonencode(merge(local.policy, {Statement = concat(${long}, ${long}), Version = "x"}))`)).toEqual([
      "jsonencode(merge(local.policy, {",
      `  Statement = concat(${long}, ${long})`,
      '  Version   = "x"',
      "}))",
    ]);
  });

  it("is not opened behind an object, whose equals sign fmt would take for the line's", () => {
    expect(lines(`merge({ a = ${long} }, { b = ${long}, c = ${long} })`)[0]).toBe("merge(");
  });

  it("has a loop's head and body on lines of their own", () => {
    expect(lines(`anytrue([for k, v in ${long} : v == "0.0.0.0/0" && startswith(v, "igw-") ? ${long} : k])`)).toEqual([
      "anytrue([",
      `  for k, v in ${long} :`,
      `  v == "0.0.0.0/0" && startswith(v, "igw-") ? ${long} : k`,
      "])",
    ]);
  });

  it("stands in brackets where it is broken at its operators", () => {
    expect(lines(`length(${long}) == 1 ? one(${long}) : ${long}`)).toEqual([
      "(",
      `  length(${long}) == 1 ?`,
      `  one(${long}) :`,
      `  ${long}`,
      ")",
    ]);
  });

  it("has no comma in parentheses that are no call's, and is broken at the operators in them", () => {
    expect(lines(`f(${long}) == 1 || (${long} == 2 && g(${long}) == 3 && h(${long}) == 4 && 5 == i(${long}))`)).toEqual(
      [
        "(",
        `  f(${long}) == 1 ||`,
        "  (",
        `    ${long} == 2 &&`,
        `    g(${long}) == 3 &&`,
        `    h(${long}) == 4 &&`,
        `    5 == i(${long})`,
        "  )",
        ")",
      ],
    );
  });

  it("is left as it is where there is nothing to break it at", () => {
    expect(lines(`${long}.${long}.${long}`)).toHaveLength(1);
    expect(lines(`${long}.${long}.${long}.f()`)).toHaveLength(1);
  });
});
