// Words whose speaker is not the subject: "In dem Schreiben heißt es", "hieß es in einer Mitteilung", "wird S zitiert",
// "the paper quoted S as saying".

import type { Cue } from './cue.ts'
import { isOutletName } from './names.ts'
import { phraseAt } from './phrases.ts'
import type { Speaker } from './speakers.ts'
import { mainSubject } from './subjects.ts'
import { type Clause, textBetween } from './tokens.ts'
import { isUttering, type Verb, verbsIn } from './verbs.ts'

const says = /^(?:heißt|heisst|hieß|hiess)$/
const source = /^(?:in|im|aus|von|vom|bei|beim|seitens)$/

/** Whether the verb says what is written or said somewhere, and "es" stands for nobody. */
export const isImpersonal = ({ tokens }: Clause, verb: Verb) =>
  says.test(verb.text) && tokens.slice(verb.end, verb.end + 2).some(({ lower }) => lower === 'es')

/** The paper or the group that "heißt es" leads to; no person and no place is written in. */
export function sourceOf(clause: Clause, verb: Verb): Speaker | undefined {
  const { tokens } = clause
  const behind = tokens.findIndex(({ lower }, i) => i > verb.end && i < verb.end + 6 && source.test(lower))
  for (const at of [0, behind]) {
    const isSource = source.test(tokens[at]?.lower ?? '')
    const phrase = isSource ? phraseAt(clause, at + 1) : undefined
    if (phrase?.speaker.as === 'unnamed') return phrase.speaker
    if (phrase?.speaker.as === 'group') return withoutArticle(phrase.speaker)
  }
  return undefined
}

/** "dem Schreiben": its name as it is called elsewhere. */
const withoutArticle = (speaker: Extract<Speaker, { as: 'group' }>): Speaker => ({
  ...speaker,
  name: speaker.name.replace(/^(?:de[rmn]|das|die|eine[rmn]?) /, '')
})

/** "wird S zitiert", "S wurde mit den Worten zitiert" */
export function citedIn(clause: Clause): Speaker | undefined {
  const { tokens, lexicon } = clause
  if (lexicon.language.tag !== 'de' || !tokens.some(({ lower }) => lower === 'zitiert')) return undefined
  const passive = tokens.findIndex(({ lower }) => /^(?:wird|wurde|werden|wurden)$/.test(lower))
  const phrase = passive < 0 ? undefined : phraseAt(clause, passive + 1)
  if (phrase?.speaker.as === 'name' || phrase?.speaker.as === 'group') return phrase.speaker
  return passive > 0 ? mainSubject({ ...clause, tokens: tokens.slice(0, passive) }) : undefined
}

const quotes = /^(?:quote[sd]?|quoting|cite[sd]?|citing)$/
const asSaying = /^(?:saying|telling|writing|having)$/

/** "The paper quoted S as saying", "S was quoted as saying by the paper": what S said, through the paper. */
export function quotedIn(clause: Clause): Cue | undefined {
  const { tokens, lexicon } = clause
  if (lexicon.language.tag === 'de') return quotedByOutlet(clause) ?? quotedWithWords(clause)
  const as = tokens.findLastIndex(({ lower }, i) => asSaying.test(lower) && tokens[i - 1]?.lower === 'as') - 1
  const verb = tokens.findLastIndex(({ lower }, i) => i < as && quotes.test(lower))
  const before = { ...clause, tokens: tokens.slice(0, verb) }
  if (lexicon.language.tag !== 'en' || verb < 1 || verbsIn(before.tokens, lexicon).some(isUttering))
    return undefined
  const isPassive = verb + 1 === as
  const quoted = isPassive ? undefined : phraseAt(clause, verb + 1)
  const subject = mainSubject(before)
  const speaker = isPassive ? subject : quoted?.end === as ? quoted.speaker : undefined
  const by = tokens[as + 2]?.lower === 'by' ? as + 3 : tokens.length
  const through = isPassive ? phraseAt(clause, by)?.speaker : subject
  return (
    speaker && {
      speaker,
      relation: 'said',
      ...(through && { through }),
      words: textBetween(clause, 0, as + 2)
    }
  )
}

/** "wurde S von Reuters zitiert": the outlet is no part of the name. */
function quotedByOutlet(clause: Clause): Cue | undefined {
  const cited = citedIn(clause)
  const parts = cited?.as === 'name' ? /^(?<name>.+) von (?<outlet>.+)$/.exec(cited.name)?.groups : undefined
  if (cited?.as !== 'name' || !parts || !isOutletName(parts.outlet!)) return undefined
  const through: Speaker = { as: 'name', name: parts.outlet!, kind: 'organization', words: parts.outlet! }
  return { speaker: { ...cited, name: parts.name! }, relation: 'said', through, words: cited.words }
}

/** "Reuters zitierte S mit den Worten" */
function quotedWithWords(clause: Clause): Cue | undefined {
  const { tokens } = clause
  const verb = tokens.findIndex(({ lower }) => /^zitier(?:t|te|ten|en)$/.test(lower))
  const quoted = verb < 1 ? undefined : phraseAt(clause, verb + 1)
  const words = quoted && tokens.slice(quoted.end, quoted.end + 3).map(({ lower }) => lower)
  if (!quoted || words!.join(' ') !== 'mit den worten') return undefined
  const through = mainSubject({ ...clause, tokens: tokens.slice(0, verb) })
  return {
    speaker: quoted.speaker,
    relation: 'said',
    ...(through && { through }),
    words: textBetween(clause, 0, quoted.end + 3)
  }
}
