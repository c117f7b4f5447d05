// A cue: a verb of saying, who says it, and whom they told.
import { phraseAt } from './phrases.ts'
import { type Speaker, withReason } from './speakers.ts'
import { type Clause, type Phrase, textBetween } from './tokens.ts'
import { type Relation, relationOf, type Verb } from './verbs.ts'

/** Who says something, as a clause of the page has it. */
export interface Cue {
  speaker: Speaker
  relation: Relation | 'according'
  /** Whom they told: "told the Example Wire" may name the outlet that reports it. */
  addressee?: Speaker
  /** Who quotes them: "the paper quoted S as saying". */
  through?: Speaker
  /** The words the cue was read from. */
  words: string
}

/** What stands before a quote: its cue, and how the two are joined. */
export interface CueBefore extends Cue {
  joint: 'adjacent' | 'calling' | 'loose'
}

// A clause longer than this is not read: it keeps the reading of any page short.
export const maxClause = 400

/** The cue that a verb and its subject are. */
export function cueOf(speaker: Speaker, verb: Verb, clause: Clause): Cue {
  const { tokens, text } = clause
  const after = tokens[verb.end - 1]!.end
  const addressee = addresseeOf(clause, verb)
  return {
    speaker: withReason(speaker, text.slice(after)),
    relation: relationOf(verb, tokens),
    ...(addressee && { addressee }),
    words: `${speaker.words.trim()} ${text.slice(tokens[verb.at]!.start, after)}`
  }
}

const interview =
  /^(?:to|with|der|dem|den|zur|zum|gegenüber|au|à|al|a|ao|alla|til|till|tegen|aan|interview|intervju)$/

/** Whom S told: "told the Example Wire", "sagte S der Zeitung", "in an interview with". */
function addresseeOf(clause: Clause, verb: Verb): Speaker | undefined {
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
      const name = textBetween(clause, start, end)
      return { speaker: { as: 'name', name, kind: 'organization', words: name }, end }
    }
  }
  return lexicon.language.tag === 'en' ? phraseAt(clause, at) : undefined
}
