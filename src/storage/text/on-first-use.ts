/**
 * What is made when it is asked for first, and kept. What Intl makes loads tables of the language: a dozen of them took a tenth of
 * a start.
 */
export function onFirstUse<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
