/**
 * Everything that the pages of one of the AWS SDK's paginators hold; a page may be empty, and others follow it.
 * @param items what is wanted of a page
 */
export async function pages<P, T>(all: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const page of all) {
    found.push(...(items(page) ?? []));
  }
  return found;
}
