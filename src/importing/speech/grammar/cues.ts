// Cues behind a quote: “...,” said S
import type { Lexicon } from '../languages/lexicon.ts'
import { sentenceEnd } from '../sentences.ts'
import { accordingAt } from './according.ts'
import { withApposition } from './appositions.ts'
import { type Cue, cueOf, maxClause } from './cue.ts'
import { citedIn, isImpersonal, quotedIn, sourceOf } from './impersonal.ts'
import { phraseAt } from './phrases.ts'
import type { Speaker } from './speakers.ts'
import { subjectAfter, subjectBefore, upTo } from './subjects.ts'
import { type Clause, clauseOf, type Phrase, textBetween } from './tokens.ts'
import { isHypothetical, isUttering, type Verb, verbAt, verbsIn } from './verbs.ts'

/** The cue after a quote, from the words after it: `“...,” said S`, `“...,” S said`, `“...,” according to S`. */
export function cueAfter(text: string, lexicon: Lexicon): Cue | undefined {
  const sentence = text.slice(0, Math.min(sentenceEnd(text), maxClause))
  const dashed = /^\s*[—–―-]{1,2}\s*(?=\p{Lu})/u.exec(sentence)
  const clause = clauseOf(sentence.replace(/^[\s,—–―-]+/, ''), lexicon)
  return (
    accordingAt(clause, 0) ??
    (dashed && signature(clause)) ??
    soSpeaker(clause) ??
    citing(clause) ??
    verbFirst(clause) ??
    subjectFirst(clause) ??
    subjectless(clause)
  )
}

/** "— Ana Example, Upper Marl" */
function signature(clause: Clause): Cue | undefined {
  const phrase = phraseAt(clause, 0)
  if (phrase?.speaker.as !== 'name') return undefined
  const next = clause.tokens[phrase.end]
  return !next || next.text === ',' || next.text === '('
    ? { speaker: phrase.speaker, relation: 'said', words: clause.text.trim() }
    : undefined
}

/** "wird S zitiert", and "zitiert die Zeitung S": the outlet reports what S said. */
function citing(clause: Clause): Cue | undefined {
  const quoted = quotedIn(clause)
  if (quoted) return quoted
  const cited = citedIn(clause)
  if (cited) return { speaker: cited, relation: 'said', words: cited.words }
  const outlet = /^zitiert/.test(clause.tokens[0]?.lower ?? '') ? phraseAt(clause, 1) : undefined
  const origin = outlet?.speaker.as === 'name' ? phraseAt(clause, outlet.end) : undefined
  if (outlet?.speaker.as !== 'name' || origin?.speaker.as !== 'name') return undefined
  const addressee: Speaker = { ...outlet.speaker, kind: 'organization' }
  return { speaker: origin.speaker, relation: 'said', addressee, words: textBetween(clause, 0, origin.end) }
}

/** "so S", "aldus S" */
function soSpeaker(clause: Clause): Cue | undefined {
  if (!/^(?:so|aldus|zo)$/.test(clause.tokens[0]?.lower ?? '') || !clause.lexicon.language.verbSecond)
    return undefined
  const phrase = phraseAt(clause, 1)
  return phrase && phrase.speaker.as !== 'pronoun'
    ? { speaker: withApposition(clause, phrase), relation: 'said', words: textBetween(clause, 0, phrase.end) }
    : undefined
}

/** The verb that a clause opens with, its auxiliary before it: "said", "a déclaré", "a-t-elle dit". */
function firstVerb(clause: Clause): { verb: Verb; clitic?: Phrase } | undefined {
  const { tokens, lexicon } = clause
  let at = 0
  let clitic: Phrase | undefined
  while (
    at < 3 &&
    tokens[at] &&
    (lexicon.auxiliaries.has(tokens[at]!.lower) ||
      /^(?:s’|s'|se|si|as|como|comme|wie)$/.test(tokens[at]!.lower)) &&
    lexicon.language.tag !== 'en'
  ) {
    at++
    const pronoun = lexicon.language.tag === 'fr' ? phraseAt(clause, at) : undefined
    if (pronoun?.speaker.as === 'pronoun') {
      clitic = pronoun
      at++
    }
  }
  const verb = verbAt(tokens, at, lexicon)
  return verb && isUttering(verb) ? { verb, ...(clitic && { clitic }) } : undefined
}

/** "said S", "explique le vigneron S": also where it is set into a quote. */
export function verbFirst(clause: Clause): Cue | undefined {
  const found = firstVerb(clause)
  if (found && isImpersonal(clause, found.verb)) {
    const speaker = sourceOf(clause, found.verb)
    return speaker && cueOf(speaker, found.verb, clause)
  }
  const phrase = found?.clitic ?? (found && subjectAfter(clause, found.verb))
  if (!found || !phrase || found.verb.participle) return undefined
  const isTelling = found.verb.classes[0] === 'tell'
  if (isTelling && phrase.speaker.as !== 'name') return undefined
  const speaker = withApposition(clause, phrase)
  const cue = cueOf(speaker, found.verb, clause)
  return { ...cue, words: `${found.verb.text} ${speaker.words}` }
}

/** "S said", "one official told the Example Wire" */
function subjectFirst(clause: Clause): Cue | undefined {
  const { tokens, lexicon } = clause
  const from = tokens[0]?.lower === 'as' || tokens[0]?.lower === 'wie' ? 1 : 0
  for (const verb of verbsIn(tokens, lexicon).slice(0, 3)) {
    if (verb.participle || !isUttering(verb) || isHypothetical(clause, verb)) continue
    const phrase = phraseAt(upTo(clause, verb.at), from)
    const speaker = phrase && subjectBefore(clause, verb, from)
    if (phrase && speaker?.words.startsWith(phrase.speaker.words.slice(0, 4)))
      return cueOf(withNameApposition(clause, phrase, speaker), verb, clause)
    if (speaker?.as === 'name' && isPlainName(clause, verb)) return cueOf(speaker, verb, clause)
  }
  return undefined
}

/** "Tide This Morning co-anchor S said": words without a mark between, and no other verb. */
const isPlainName = ({ tokens, lexicon }: Clause, { at }: Verb) =>
  lexicon.language.tag === 'en' &&
  tokens[0]!.capital &&
  tokens
    .slice(0, at)
    .every(({ word, lower }) => word && !lexicon.verbs.has(lower) && !lexicon.conjunctions.has(lower))

const withNameApposition = (clause: Clause, phrase: Phrase, speaker: Speaker): Speaker =>
  phrase.speaker.as === 'name' && speaker.as === 'name'
    ? withApposition(clause, { ...phrase, speaker })
    : speaker

/** "añadió.": a verb without a subject, whose speaker spoke before. */
function subjectless(clause: Clause): Cue | undefined {
  const found = clause.lexicon.language.dropsPronouns ? firstVerb(clause) : undefined
  const next = found && clause.tokens[found.verb.end]
  if (!found || (next?.word && !clause.lexicon.prepositions.has(next.lower))) return undefined
  return cueOf({ as: 'pronoun', form: 'dropped', words: found.verb.text }, found.verb, clause)
}

/** "Those were the words of S", in the sentence after a quote. */
export function wordsOfSpeaker(text: string, lexicon: Lexicon): Cue | undefined {
  const [words] = /^\s*(?:Those|These) (?:were|are) the words of\s+/.exec(text) ?? []
  const phrase = words && phraseAt(clauseOf(text.slice(words.length, sentenceEnd(text)), lexicon), 0)
  return phrase
    ? { speaker: phrase.speaker, relation: 'said', words: words + phrase.speaker.words }
    : undefined
}
