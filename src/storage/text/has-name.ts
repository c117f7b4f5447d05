// Names in texts.

/** A letter or digit at the end, and at the beginning of a text. */
const letterAtEnd = /[\p{L}\p{N}]$/iu
const letterAtStart = /^[\p{L}\p{N}]/iu

/** Whether a text has a name as words of its own, in whatever case. */
export const hasName = (text: string, name: string): boolean =>
  hasExactly(text, name) ||
  new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'iu').test(text)

/** The same in this very case, which is most often so: an expression for each name takes longer to compile than to test. */
function hasExactly(text: string, name: string): boolean {
  const at = text.indexOf(name)
  if (at < 0 || name === '') return false
  const end = at + name.length
  // A character has two code units at most.
  return (
    !letterAtEnd.test(text.slice(Math.max(0, at - 2), at)) && !letterAtStart.test(text.slice(end, end + 2))
  )
}
