// Cues before a quote: S said, “...”
import type { Lexicon, PronounForm } from '../languages/lexicon.ts'
import { lastSentence } from '../sentences.ts'
import { accordingAt } from './according.ts'
import { withApposition } from './appositions.ts'
import { type Cue, type CueBefore, cueOf, maxClause } from './cue.ts'
import { citedIn, isImpersonal, quotedIn, sourceOf } from './impersonal.ts'
import { phraseAt } from './phrases.ts'
import type { Speaker } from './speakers.ts'
import { isUnknownNoun, mainSubject, subjectAfter, subjectBefore } from './subjects.ts'
import { type Clause, clauseOf } from './tokens.ts'
import { isCalling, isHypothetical, isSpeaking, isUttering, type Verb, verbsIn } from './verbs.ts'

/** The last sentence of the words before a quote. */
const lastSentenceOf = (text: string) => {
  const near = text.slice(Math.max(0, text.length - maxClause))
  return near.slice(lastSentence(near)).trimStart()
}

/** The cue before a quote, from the words before it: `S said, “`, `S told reporters: “`, `S called it “`. */
export function cueBefore(text: string, lexicon: Lexicon): CueBefore | undefined {
  const clause = clauseOf(lastSentenceOf(text), lexicon)
  return accordingBefore(clause) ?? cited(clause) ?? verbBefore(clause) ?? beforeColon(clause)
}

/** "According to S," and "According to S:" */
function accordingBefore(clause: Clause): CueBefore | undefined {
  for (let at = Math.max(0, clause.tokens.length - 14); at < clause.tokens.length; at++) {
    const found = accordingAt(clause, at)
    if (found && clause.tokens.slice(found.end).every(({ text }) => /^[,:]$/.test(text)))
      return { ...found, joint: 'adjacent' }
  }
  return undefined
}

/** "S wird mit den Worten zitiert:", "the paper quoted S as saying:" */
function cited(clause: Clause): CueBefore | undefined {
  const speaker = citedIn(clause)
  const cue: Cue | undefined =
    quotedIn(clause) ?? (speaker && { speaker, relation: 'said', words: speaker.words })
  const isAdjacent = cue && /^(?:[,:]|\w+ing|Worten)$/.test(clause.tokens.at(-1)!.text)
  return cue && { ...cue, joint: isAdjacent ? 'adjacent' : 'loose' }
}

/** The last verb before the quote that has a subject. */
function verbBefore(clause: Clause): CueBefore | undefined {
  const { tokens, lexicon, text } = clause
  for (const verb of verbsIn(tokens, lexicon).reverse().slice(0, 5)) {
    if (!isSpeaking(verb) || isHypothetical(clause, verb)) continue
    const speaker = subjectOf(clause, verb)
    if (!speaker) continue
    const between = text.slice(tokens[verb.end - 1]!.end)
    return { ...cueOf(speaker, verb, clause), joint: joint(verb, between) }
  }
  return undefined
}

/** The subject of a verb before a quote, on whichever side of the verb it stands. */
export function subjectOf(clause: Clause, verb: Verb): Speaker | undefined {
  const { tokens, lexicon } = clause
  if (isImpersonal(clause, verb)) return sourceOf(clause, verb)
  const first = tokens[0]!
  const opensInverted =
    lexicon.prepositions.has(first.lower) ||
    lexicon.oblique.has(first.lower) ||
    lexicon.adverbs.has(first.lower) ||
    lexicon.conjunctions.has(first.lower)
  // "Den Plan nannte er": who is called "er" is always the subject.
  const next = lexicon.language.verbSecond ? lexicon.pronouns.get(tokens[verb.end]?.lower ?? '') : undefined
  if (next === 'he') return phraseAt(clause, verb.end)!.speaker
  if (verb.at === 0 || (lexicon.language.verbSecond && opensInverted)) {
    const after = subjectAfter(clause, verb)
    if (after) return withApposition(clause, after)
  }
  return (
    subjectBefore(clause, verb) ??
    (lexicon.language.verbSecond ? subjectAfter(clause, verb)?.speaker : undefined)
  )
}

/** Who speaks in the last sentence of these words: its subject, where a verb of it can be one of saying. */
export function speakerOfSentence(text: string, lexicon: Lexicon): Cue | undefined {
  const clause = clauseOf(lastSentenceOf(text), lexicon)
  const speaker = mainSubject(clause)
  const isOne = speaker?.as === 'name' || (speaker?.as === 'pronoun' && /^s?he$/.test(speaker.form))
  if (!isOne) return undefined
  const verb = verbsIn(clause.tokens, lexicon).find(
    (verb) =>
      isUttering(verb) &&
      verb.classes[0] !== 'think' &&
      !isHypothetical(clause, verb) &&
      subjectOf(clause, verb)?.words === speaker.words
  )
  return verb && { ...cueOf(speaker, verb, clause), relation: 'said' }
}

/** "S resisted: “...”": a sentence that ends with a colon, whatever its verb. */
function beforeColon(clause: Clause): CueBefore | undefined {
  if (clause.tokens.at(-1)?.text !== ':') return undefined
  const subject = possessor(clause) ?? mainSubject(clause)
  const isIt = subject?.as === 'pronoun' && subject.form === 'it'
  const speaker = isIt ? lastNamed(clause) : (subject ?? lastNamed(clause))
  return speaker && !isUnknownNoun(speaker)
    ? { speaker, relation: 'said', joint: 'adjacent', words: clause.text.trim().slice(0, 300) }
    : undefined
}

const possessives: Record<string, PronounForm> = {
  ...{ his: 'he', sein: 'he', seine: 'he', hans: 'he', zijn: 'he' },
  ...{ her: 'she', hennes: 'she', hendes: 'she', haar: 'she', their: 'they' }
}

/** "Her answer:" is hers. */
function possessor({ tokens }: Clause): Speaker | undefined {
  const [first] = tokens
  const form = first && possessives[first.lower]
  return form && { as: 'pronoun', form, words: first.text }
}

/** "That surprises cook Ana Example:": the person named right before the colon. */
function lastNamed(clause: Clause): Speaker | undefined {
  const end = clause.tokens.length - 1
  for (let at = Math.max(0, end - 8); at < end; at++) {
    const phrase = phraseAt(clause, at)
    if (phrase?.end === end && phrase.speaker.as === 'name' && phrase.speaker.kind !== 'organization')
      return phrase.speaker
  }
  return undefined
}

/** How a verb is joined to the quote after it by the words between them. */
function joint(verb: Verb, between: string): CueBefore['joint'] {
  if (isCalling(verb) && !/[,:]\s*$/.test(between)) return 'calling'
  return /^[^“”"]{0,80}[,:]\s*$|^\s*$/u.test(between) ? 'adjacent' : 'loose'
}
