// How a page says that it changed the words it quotes.
import type { NewQuote } from '../../content/quotes/schema.ts'

type Alterations = NonNullable<NewQuote['alterations']>

const notes: [RegExp, Alterations[number]['kind']][] = [
  [/emphasis|italics/i, 'emphasis'],
  [/translat/i, 'translation']
]

/** "(emphasis added)" before or in a quote, and square brackets within it. */
export function alterationsOf(text: string, note = ''): Alterations {
  const printed = [note, ...(text.match(/\((?:emphasis|italics|translat)[^()]{1,80}\)/gi) ?? [])]
  const noted = printed.flatMap((words) =>
    notes
      .filter(([pattern]) => pattern.test(words))
      .map(([, kind]) => ({ kind, note: words.replace(/^\(|\)$/g, '') }))
  )
  const brackets = (text.match(/\[[^[\]]{1,200}\]/g) ?? []).map((words) => ({
    kind: bracketKind(words),
    note: words
  }))
  return [...noted, ...brackets].slice(0, 50)
}

/** "[...]" leaves words out, "[sic]" leaves a mistake in, other brackets put words in. */
function bracketKind(words: string): Alterations[number]['kind'] {
  if (/^\[\s*(?:\.{3}|…)\s*\]$/.test(words)) return 'ellipsis'
  return /^\[sic\]$/i.test(words) ? 'grammar' : 'bracket'
}
