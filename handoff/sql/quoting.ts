/** A name between back-ticks, as MySQL takes it for a database. */
export function sqlName(name: string): string {
  return `\`${oneLine(name).replaceAll("`", "``")}\``;
}

/** A database's name in a GRANT, where `_` and `%` would stand for other characters. */
export function sqlPattern(name: string): string {
  return sqlName(name.replaceAll(/[\\_%]/g, (character) => `\\${character}`));
}

/** A string between quotes, under a sql_mode that takes backslashes for escapes. */
export function sqlString(text: string): string {
  return `'${oneLine(text).replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** One word of bash, whatever is in it. */
export function shellWord(text: string): string {
  return `'${oneLine(text).replaceAll("'", "'\\''")}'`;
}

/** Nothing that is quoted here has a control character, and a line of its own could end a here-document. */
function oneLine(text: string): string {
  if (/\p{Cc}/u.test(text)) {
    throw new Error(`${JSON.stringify(text)} has a control character`);
  }
  return text;
}
