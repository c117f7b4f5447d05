// Cues: the words that say who said something. "said Ana Example", "according to two officials", "Ana Example:"
import { namePattern } from './names.ts'
import { lastSentence, sentenceEnd } from './sentences.ts'
import { type Speaker, speakerAt, speakerOf, withReason } from './speakers.ts'
import { isCalling, type Relation, relationOf, type Verb, verbsIn, withoutAdverbs } from './verbs.ts'

/** Who says something, as a clause of the page has it. */
export interface Cue {
  speaker: Speaker
  relation: Relation | 'according'
  /** Whom they told: "told the Example Wire" may name the outlet that reports it. */
  told?: string
  /** The words the cue was read from. */
  words: string
}

/** What stands before a quote: its cue, and how the two are joined. */
export interface Lead extends Cue {
  joint: 'adjacent' | 'calling' | 'loose'
}

/** Where a new clause, and with it a subject, may begin: ", which", " that". */
const clauseBegins =
  /(?:,|[\s,](?:what|that|but|and|as|while|when|because|after|since|now|how|which))(?=\s)/giu
/** The word a sentence opens with, before its subject: "Meanwhile, ". */
const opening = /^(?:As|When|While|But|And|So|Yet|Still|Now|Later|Meanwhile|Then),? /
// A clause longer than this is not read: it keeps the reading of any page short.
export const longest = 400

/** "told the Example Wire in May" tells the Example Wire. */
function toldWhom(verb: string, after: string) {
  if (!/^t(?:old|ells?)$/i.test(verb)) return undefined
  return new RegExp(String.raw`^\s+(?:the )?(${namePattern})`, 'u').exec(after)?.[1]
}

/** The cue of the clause "SUBJECT verb ...". */
export function cue(speaker: Speaker, { verb, start, end }: Verb, text: string): Cue {
  const after = text.slice(end)
  return {
    speaker: withReason(speaker, after),
    relation: relationOf(verb, text.slice(0, start)),
    told: toldWhom(verb, after),
    words: `${speaker.words.trim()} ${text.slice(start, end)}`
  }
}

/** What a verb's subject is, when these words before the verb end with one. */
export function subject(words: string): Speaker | undefined {
  const text = withoutAdverbs(words)
  const starts = [0, ...[...text.matchAll(clauseBegins)].map(({ 0: found, index }) => index + found.length)]
  for (const start of starts) {
    const clause = text.slice(start).trim().replace(opening, '')
    const speaker = speakerOf(clause)
    if (speaker) return speaker
  }
  return undefined
}

/** The cue after a quote, from the words after it: `“...,” said S`, `“...,” S said`, `“...,” according to S`. */
export function cueAfter(text: string): Cue | undefined {
  const clause = text.slice(0, Math.min(sentenceEnd(text), longest)).replace(/^[\s,]+/, '')
  return according(clause) ?? dash(clause) ?? verbFirst(clause) ?? subjectFirst(clause)
}

/** "according to S" */
export function according(clause: string): Cue | undefined {
  const [words] = /^according to\s+/i.exec(clause) ?? []
  const speaker = words && speakerAt(clause.slice(words.length))
  return speaker ? { speaker, relation: 'according', words: words + speaker.words } : undefined
}

/** "— Ana Example" */
function dash(clause: string): Cue | undefined {
  const [words] = /^[—–-]{1,2}\s*/.exec(clause) ?? []
  const speaker = words && speakerOf(clause.slice(words.length))
  return speaker ? { speaker, relation: 'said', words: clause } : undefined
}

/** "said S" */
function verbFirst(clause: string): Cue | undefined {
  const [first] = verbsIn(clause.slice(0, 30))
  if (first?.start !== 0) return undefined
  const speaker = speakerAt(clause.slice(first.end).trimStart())
  return speaker && { ...cue(speaker, first, clause), words: `${first.verb} ${speaker.words.trim()}` }
}

/** "S said", "one official told the Example Wire" */
function subjectFirst(clause: string): Cue | undefined {
  const [first] = verbsIn(clause)
  const speaker = first && speakerOf(withoutAdverbs(clause.slice(0, first.start)))
  return speaker && cue(speaker, first, clause)
}

/** "Those were the words of S", in the sentence after a quote. */
export function wordsOf(text: string): Cue | undefined {
  const [words] = /^\s*(?:Those|These) (?:were|are) the words of\s+/.exec(text) ?? []
  const speaker = words && speakerAt(text.slice(words.length, sentenceEnd(text)))
  return speaker ? { speaker, relation: 'said', words: words + speaker.words } : undefined
}

/** The cue before a quote, from the words before it: `S said, “`, `S told reporters: “`, `S called it “`. */
export function cueBefore(text: string): Lead | undefined {
  const near = text.slice(Math.max(0, text.length - longest))
  const clause = near.slice(lastSentence(near))
  return accordingBefore(clause) ?? verbBefore(clause)
}

/** "According to S," and "According to S:" */
function accordingBefore(clause: string): Lead | undefined {
  const found = according(clause.trim().replace(/\s*[,:]$/, ''))
  const whole = found && found.words.length >= clause.trim().length - 2
  return whole ? { ...found, joint: 'adjacent' } : undefined
}

/** The last verb before the quote that has a subject. */
function verbBefore(clause: string): Lead | undefined {
  for (const found of verbsIn(clause).reverse().slice(0, 5)) {
    const speaker = subject(clause.slice(0, found.start))
    if (speaker) return { ...cue(speaker, found, clause), joint: joint(found.verb, clause.slice(found.end)) }
  }
  return undefined
}

/** How a verb is joined to the quote after it by the words between them. */
function joint(verb: string, between: string): Lead['joint'] {
  if (isCalling(verb)) return 'calling'
  return /^[^“”"]{0,80}[,:]\s*$|^\s*$/u.test(between) ? 'adjacent' : 'loose'
}
