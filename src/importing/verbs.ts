// The verbs of speech.
import type { NewHop } from '../attributions/schema.ts'

export type Relation = NewHop['relation']

const said =
  'sa(?:id|ys|y)|added|adds|asked|asks|recalled|recalls|warned|warns|argued|argues|explained|explains|noted|notes|insisted|insists|announced|announces|claimed|claims|acknowledged|admitted|admits|replied|responded|continued|concluded|declared|declares|remarked|stated|states|testified|suggested|suggests|shouted|whispered|joked|observed|stressed|urged|vowed|promised|complained|predicted|lamented'
const calling =
  'called|calls|described|describes|branded|dubbed|denounced|dismissed|praised|criticized|criticised|hailed|labell?ed|slammed|blasted|condemned|characteri[sz]ed|referred to'
const relations: [RegExp, Relation][] = [
  [/^(?:told|tells?)$/i, 'told'],
  [/^(?:wr(?:ote|ites?)|tweet(?:ed|s)|posted)$/i, 'wrote'],
  [/^report(?:ed|s)$/i, 'reported'],
  [/^confirm(?:ed|s)$/i, 'confirmed'],
  [/^published$/i, 'published']
]
const verbs = `${said}|${calling}|told|tells?|wrote|writes?|tweeted|tweets|posted|reported|reports|confirmed|confirms|published`
/** One of the verbs as a whole word. */
const verb = new RegExp(String.raw`(?<![\p{L}-])(?:${verbs})(?![\p{L}-])`, 'giu')
const callingVerb = new RegExp(`^(?:${calling})$`, 'i')
/** The small words between a subject and its verb: "has recently". */
const adverbs = /(?:\s+(?:has|have|had|also|later|recently|then|now|again|once|first|\p{Ll}+ly))+$/u
/** A verb that may be a cue, and where it stands. */
export interface Verb {
  verb: string
  start: number
  end: number
}

export const verbsIn = (text: string): Verb[] =>
  [...text.matchAll(verb)].map(({ 0: verb, index }) => ({ verb, start: index, end: index + verb.length }))

/** What the verb says of the speaker; "first" may stand before it. */
export function relationOf(verb: string, before: string): Relation {
  const [, relation] = relations.find(([pattern]) => pattern.test(verb)) ?? [undefined, 'said' as const]
  return relation === 'reported' && /\bfirst\s*$/.test(before) ? 'first_reported' : relation
}

/** Whether the verb gives something a name: "called the plan", which joins it to a quote without a comma. */
export const isCalling = (verb: string) => callingVerb.test(verb)

/** The words before a verb, without the adverbs they end with. */
export const withoutAdverbs = (words: string) => words.trimEnd().replace(adverbs, '')
