// What stands between commas behind somebody: a role behind a name, a name behind a role.

import { genderOf } from './givennames.ts'
import { phraseAt } from './phrases.ts'
import type { Speaker } from './speakers.ts'
import { type Clause, isGerund, type Phrase } from './tokens.ts'

/** A speaker with the role that stands behind: ", a spokesman for the harbour". */
export function withApposition({ text, tokens, lexicon }: Clause, { speaker, end }: Phrase): Speaker {
  if (speaker.as !== 'name') return speaker
  let at = end
  if (tokens[at]?.text === '(') while (tokens[at] && tokens[at - 1]?.text !== ')') at++
  const first = tokens[at + 1]
  if (tokens[at]?.text !== ',' || !first?.word || /^\d/.test(first.text)) return speaker
  const isArticle = lexicon.determiners.has(first.lower)
  if (
    !isArticle &&
    (lexicon.functional.has(first.lower) ||
      lexicon.verbs.has(first.lower) ||
      isGerund(first, lexicon) ||
      /^(?:who|which|whose|whom|where|however|though|referring|speaking|noting|too)$/.test(first.lower))
  )
    return speaker
  const stop = tokens.findIndex(({ text }, i) => i > at + 1 && /^(?:[,;]|—)$/.test(text))
  const role = text.slice(first.start, stop < 0 ? text.length : tokens[stop]!.start).trim()
  if (role.length < 3 || role.length > 200) return speaker
  const kind =
    speaker.kind ??
    (tokens.slice(at + 1, stop < 0 ? undefined : stop).some((token) => lexicon.people.test(token.lower))
      ? 'person'
      : undefined)
  return { ...speaker, role: speaker.role ?? role, ...(kind && { kind }), words: `${speaker.words}, ${role}` }
}

/** "the choirmaster, Ana Example,": people in general words, and behind the comma the name. */
export function withName(clause: Clause, phrase: Phrase): Phrase {
  const { tokens } = clause
  const { speaker, end } = phrase
  if (speaker.as !== 'unnamed' || tokens[end]?.text !== ',') return phrase
  const next = phraseAt(clause, end + 1)
  const closed = next && (tokens[next.end] === undefined || /^[,.;:]$/.test(tokens[next.end]!.text))
  if (
    !closed ||
    next.speaker.as !== 'name' ||
    !next.speaker.name.includes(' ') ||
    next.speaker.kind === 'organization'
  )
    return phrase
  const role = speaker.unnamed.description.replace(
    /^(?:the|an?|der|die|das|ein|eine|le|la|les|el|l[’']|su|sa|son|en|et)\s*/i,
    ''
  )
  const gender = genderOf(role, clause, 0, end)
  const named: Speaker = {
    ...next.speaker,
    role: next.speaker.role ?? role,
    kind: 'person',
    ...(gender && { gender }),
    words: `${speaker.words}, ${next.speaker.words}`
  }
  return { speaker: named, end: next.end }
}
