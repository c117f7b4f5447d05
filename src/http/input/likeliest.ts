// Which of the known names an unknown one was meant to be.

/** The edit distance of two short texts: letters added, removed or exchanged (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, exchanged))
    }
    row = next
  }
  return row[b.length]!
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The name nearest to this one, in two edits at most, and fewer than half of its letters; or undefined. */
export function likeliest(name: string, known: string[]): string | undefined {
  if (name.length > 40) return undefined
  const asked = plain(name)
  const limit = Math.min(2, Math.floor((asked.length - 1) / 2))
  const near = known
    .map((one) => ({ one, edits: distance(asked, plain(one)) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
  return near[0]?.one
}
