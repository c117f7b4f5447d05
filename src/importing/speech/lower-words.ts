// The words of a text, for those that look them up in tables.

/** What is no letter outside of Latin 1: the punctuation of books. */
const beyond = /[^\0-\u00ff\u2000-\u206f]/
/** Small letters of Latin 1. */
const latin = /[a-zªµºß-öø-ÿ]+/g
const letters = /[\p{L}\p{M}]+/gu

/** The words of a text in lower case. Looking for letters of every script takes several times as long. */
export function lowerWords(text: string): string[] {
  const lower = text.toLowerCase()
  return lower.match(beyond.test(lower) ? letters : latin) ?? []
}
