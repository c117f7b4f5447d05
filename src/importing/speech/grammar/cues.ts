// Cues: the words that say who said something. "said Ana Example", "according to two officials", "Ana Example:"
import type { Lexicon } from '../languages/lexicon.ts'
import { lastSentence, sentenceEnd } from '../sentences.ts'
import { type Clause, joined, type Phrase, phraseAt } from './phrases.ts'
import { type Speaker, withReason } from './speakers.ts'
import { isUnreal, mainSubject, subjectAfter, subjectBefore, upTo } from './subjects.ts'
import { tokensOf } from './tokens.ts'
import { isCalling, isSpeaking, type Relation, relationOf, type Verb, verbAt, verbsIn } from './verbs.ts'

/** Who says something, as a clause of the page has it. */
export interface Cue {
  speaker: Speaker
  relation: Relation | 'according'
  /** Whom they told: "told the Example Wire" may name the outlet that reports it. */
  told?: Speaker
  /** The words the cue was read from. */
  words: string
}

/** What stands before a quote: its cue, and how the two are joined. */
export interface Lead extends Cue {
  joint: 'adjacent' | 'calling' | 'loose'
}

// A clause longer than this is not read: it keeps the reading of any page short.
export const longest = 400
export const clauseOf = (text: string, lexicon: Lexicon): Clause => ({
  text,
  tokens: tokensOf(text, lexicon),
  lexicon
})

/** The cue that a verb and its subject are. */
export function cueOf(speaker: Speaker, verb: Verb, clause: Clause): Cue {
  const { tokens, text } = clause
  const after = tokens[verb.end - 1]!.end
  const told = addressee(clause, verb)
  return {
    speaker: withReason(speaker, text.slice(after)),
    relation: relationOf(verb, tokens),
    ...(told && { told }),
    words: `${speaker.words.trim()} ${text.slice(tokens[verb.at]!.start, after)}`
  }
}

const interview =
  /^(?:to|with|der|dem|den|zur|zum|gegenüber|au|à|al|a|ao|alla|til|till|tegen|aan|interview|intervju)$/

/** Whom S told: "told the Example Wire", "sagte S der Zeitung", "in an interview with". */
function addressee(clause: Clause, verb: Verb): Speaker | undefined {
  const { tokens, lexicon } = clause
  const direct = verb.classes.includes('tell') ? phraseAt(clause, verb.end) : undefined
  if (direct) return direct.speaker
  for (let i = verb.end; i < Math.min(tokens.length, verb.end + 16); i++) {
    if (/^[,;:—–]$/.test(tokens[i]!.text)) return undefined
    const to = interview.test(tokens[i]!.lower) && i > verb.end
    const at = to && !lexicon.determiners.has(tokens[i]!.lower) ? i + 1 : i
    const phrase = to ? outletAt(clause, at) : undefined
    if (phrase) return phrase.speaker
  }
  return undefined
}

/** "der Zeitung „Neuer Tag“", "au journal Le Rivage": an outlet, with or without marks around its name. */
function outletAt(clause: Clause, at: number): Phrase | undefined {
  const { tokens, lexicon } = clause
  for (let i = at; i < Math.min(tokens.length, at + 3); i++) {
    if (!lexicon.outlets.test(tokens[i]!.lower)) continue
    const start = /^[„“"«'‘»]$/.test(tokens[i + 1]?.text ?? '') ? i + 2 : i + 1
    let end = start
    while (
      tokens[end]?.capital ||
      (end > start && tokens[end]?.word && tokens[end + 1]?.capital && tokens[end]!.text.length < 4)
    )
      end++
    if (end > start) {
      const name = joined(clause, start, end)
      return { speaker: { as: 'name', name, kind: 'organization', words: name }, end }
    }
  }
  return lexicon.language.tag === 'en' ? phraseAt(clause, at) : undefined
}

/** The cue after a quote, from the words after it: `“...,” said S`, `“...,” S said`, `“...,” according to S`. */
export function cueAfter(text: string, lexicon: Lexicon): Cue | undefined {
  const sentence = text.slice(0, Math.min(sentenceEnd(text), longest))
  const dashed = /^\s*[—–―-]{1,2}\s*(?=\p{Lu})/u.exec(sentence)
  const clause = clauseOf(sentence.replace(/^[\s,—–―-]+/, ''), lexicon)
  return (
    accordingAt(clause, 0) ??
    (dashed && signature(clause)) ??
    soSpeaker(clause) ??
    verbFirst(clause) ??
    subjectFirst(clause) ??
    dropped(clause)
  )
}

/** "according to S", at this token. */
export function accordingAt(clause: Clause, at: number): (Cue & { end: number }) | undefined {
  const { text, tokens, lexicon } = clause
  const from = tokens[at]?.start ?? text.length
  const found = lexicon.according.exec(text.slice(from, from + 60))
  if (found?.index !== 0) return undefined
  const first = tokens.findIndex(({ start }) => start >= from + found[0].length)
  const phrase = first < 0 ? undefined : authored(clause, first)
  if (!phrase) return undefined
  return {
    speaker: phrase.speaker,
    relation: 'according',
    words: joined(clause, at, phrase.end),
    end: phrase.end
  }
}

/** "a survey by the Example Trust" is the trust's; "a new report" alone is nobody's. */
function authored(clause: Clause, at: number): Phrase | undefined {
  const { tokens } = clause
  const phrase = phraseAt(clause, at)
  const isThing = phrase?.speaker.as === 'group' && phrase.speaker.kind === 'document'
  if (!phrase || !isThing) return phrase
  const made = /(?:ed|written|made)$/.test(tokens[phrase.end]?.lower ?? '') ? phrase.end + 1 : phrase.end
  const by = /^(?:by|from|von|de|du|av|af|van|di)$/.test(tokens[made]?.lower ?? '')
  const author = by ? phraseAt(clause, made + 1) : undefined
  if (author && author.speaker.as !== 'unnamed') return author
  return /^(?:an?|another)$/.test(tokens[at]!.lower) ? undefined : phrase
}

/** "— Ana Example, Upper Marl" */
function signature(clause: Clause): Cue | undefined {
  const phrase = phraseAt(clause, 0)
  if (phrase?.speaker.as !== 'name' || verbsIn(clause.tokens, clause.lexicon).length > 0) return undefined
  const next = clause.tokens[phrase.end]
  return !next || next.text === ',' || next.text === '('
    ? { speaker: phrase.speaker, relation: 'said', words: clause.text.trim() }
    : undefined
}

/** "so S", "aldus S" */
function soSpeaker(clause: Clause): Cue | undefined {
  if (!/^(?:so|aldus|zo)$/.test(clause.tokens[0]?.lower ?? '') || !clause.lexicon.language.verbSecond)
    return undefined
  const phrase = phraseAt(clause, 1)
  return phrase && phrase.speaker.as !== 'pronoun'
    ? { speaker: apposed(clause, phrase), relation: 'said', words: joined(clause, 0, phrase.end) }
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
  return verb && isSpeaking(verb) ? { verb, ...(clitic && { clitic }) } : undefined
}

/** "said S", "explique le vigneron S": also where it is set into a quote. */
export function verbFirst(clause: Clause): Cue | undefined {
  const found = firstVerb(clause)
  const phrase = found?.clitic ?? (found && subjectAfter(clause, found.verb))
  if (!found || !phrase || found.verb.participle) return undefined
  const told = found.verb.classes[0] === 'tell'
  if (told && phrase.speaker.as !== 'name') return undefined
  const speaker = apposed(clause, phrase)
  const cue = cueOf(speaker, found.verb, clause)
  return { ...cue, words: `${found.verb.text} ${speaker.words}` }
}

/** A speaker with the role that stands behind: ", a spokesman for the harbour". */
function apposed({ text, tokens, lexicon }: Clause, { speaker, end }: Phrase): Speaker {
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
      /ing$/.test(first.lower) ||
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

/** "S said", "one official told the Example Wire" */
function subjectFirst(clause: Clause): Cue | undefined {
  const { tokens, lexicon } = clause
  const from = tokens[0]?.lower === 'as' || tokens[0]?.lower === 'wie' ? 1 : 0
  for (const verb of verbsIn(tokens, lexicon).slice(0, 3)) {
    if (verb.participle || !isSpeaking(verb) || isUnreal(clause, verb)) continue
    const phrase = phraseAt(upTo(clause, verb.at), from)
    const speaker = phrase && subjectBefore(clause, verb, from)
    if (phrase && speaker?.words.startsWith(phrase.speaker.words.slice(0, 4)))
      return cueOf(withApposition(clause, phrase, speaker), verb, clause)
  }
  return undefined
}

const withApposition = (clause: Clause, phrase: Phrase, speaker: Speaker): Speaker =>
  phrase.speaker.as === 'name' && speaker.as === 'name' ? apposed(clause, { ...phrase, speaker }) : speaker

/** "añadió.": a verb without a subject, whose speaker spoke before. */
function dropped(clause: Clause): Cue | undefined {
  const found = clause.lexicon.language.dropsPronouns ? firstVerb(clause) : undefined
  const next = found && clause.tokens[found.verb.end]
  if (!found || (next?.word && !clause.lexicon.prepositions.has(next.lower))) return undefined
  return cueOf({ as: 'pronoun', form: 'dropped', words: found.verb.text }, found.verb, clause)
}

/** "Those were the words of S", in the sentence after a quote. */
export function wordsOf(text: string, lexicon: Lexicon): Cue | undefined {
  const [words] = /^\s*(?:Those|These) (?:were|are) the words of\s+/.exec(text) ?? []
  const phrase = words && phraseAt(clauseOf(text.slice(words.length, sentenceEnd(text)), lexicon), 0)
  return phrase
    ? { speaker: phrase.speaker, relation: 'said', words: words + phrase.speaker.words }
    : undefined
}

/** The last sentence of the words before a quote. */
const tail = (text: string) => {
  const near = text.slice(Math.max(0, text.length - longest))
  return near.slice(lastSentence(near)).trimStart()
}

/** The cue before a quote, from the words before it: `S said, “`, `S told reporters: “`, `S called it “`. */
export function cueBefore(text: string, lexicon: Lexicon): Lead | undefined {
  const clause = clauseOf(tail(text), lexicon)
  return accordingBefore(clause) ?? verbBefore(clause) ?? announced(clause)
}

/** "According to S," and "According to S:" */
function accordingBefore(clause: Clause): Lead | undefined {
  for (let at = Math.max(0, clause.tokens.length - 14); at < clause.tokens.length; at++) {
    const found = accordingAt(clause, at)
    if (found && clause.tokens.slice(found.end).every(({ text }) => /^[,:]$/.test(text)))
      return { ...found, joint: 'adjacent' }
  }
  return undefined
}

/** The last verb before the quote that has a subject. */
function verbBefore(clause: Clause): Lead | undefined {
  const { tokens, lexicon, text } = clause
  for (const verb of verbsIn(tokens, lexicon).reverse().slice(0, 5)) {
    if (!isSpeaking(verb) || isUnreal(clause, verb)) continue
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
  const first = tokens[0]!
  const opensInverted =
    lexicon.prepositions.has(first.lower) ||
    lexicon.adverbs.has(first.lower) ||
    lexicon.conjunctions.has(first.lower)
  if (verb.at === 0 || (lexicon.language.verbSecond && opensInverted)) {
    const after = subjectAfter(clause, verb)
    if (after) return apposed(clause, after)
  }
  return (
    subjectBefore(clause, verb) ??
    (lexicon.language.verbSecond ? subjectAfter(clause, verb)?.speaker : undefined)
  )
}

/** "S resisted: “...”": a sentence that ends with a colon, whatever its verb. */
function announced(clause: Clause): Lead | undefined {
  if (clause.tokens.at(-1)?.text !== ':') return undefined
  const speaker = mainSubject(clause)
  return speaker && speaker.as !== 'group' && speaker.as !== 'unnamed'
    ? { speaker, relation: 'said', joint: 'adjacent', words: clause.text.trim().slice(0, 300) }
    : undefined
}

/** How a verb is joined to the quote after it by the words between them. */
function joint(verb: Verb, between: string): Lead['joint'] {
  if (isCalling(verb) && !/[,:]\s*$/.test(between)) return 'calling'
  return /^[^“”"]{0,80}[,:]\s*$|^\s*$/u.test(between) ? 'adjacent' : 'loose'
}
