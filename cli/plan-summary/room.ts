/** What headings, and lines that say how much is left out, take besides. */
const reserved = 4000;

/** The characters that are left for lines. */
export class Room {
  private left: number;

  /** @param characters of all lines */
  constructor(characters: number) {
    this.left = characters - reserved;
  }

  /** Whether a line fits: it takes its room then, and a line that does not leaves it to others. */
  takes(line: string): boolean {
    const fits = line.length < this.left;
    this.left -= fits ? line.length + 1 : 0;
    return fits;
  }
}
