// The chain of an attribution, from the reader's side back to the origin.
import type { NewHop } from '../../content/attributions/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import { type PrecedingText, resolvePronoun } from './grammar/antecedents.ts'
import type { Cue } from './grammar/cue.ts'
import { isOutletName } from './grammar/names.ts'
import type { Speaker } from './grammar/speakers.ts'
import { groupKey, keyOf, type SourceList } from './sources.ts'

type Pronoun = Extract<Speaker, { as: 'pronoun' }>
/** A pronoun that may stand for somebody else than who wrote the text. */
interface OfOthers extends Pronoun {
  form: Exclude<Pronoun['form'], 'first'>
}

/** The chain from the reader to the origin; undefined when nobody more can be told of. */
export function hopsOf(sourceList: SourceList, cue: Cue, before: PrecedingText): NewHop[] | undefined {
  const outlet = outletOf(sourceList, cue)
  const quoting =
    cue.through && hop(sourceList, { ...cue, speaker: cue.through, relation: 'according' }, before)
  const origin = hop(sourceList, cue, before)
  if (!origin) return undefined
  if (quoting) return [quoting, origin]
  return outlet ? [{ sourceId: outlet, relation: 'reported' }, origin] : [origin]
}

/** The outlet that reports what it was told: "told the Example Wire". */
function outletOf(sourceList: SourceList, { addressee }: Cue) {
  if (addressee?.as !== 'name') return undefined
  if (addressee.kind !== 'organization' && !isOutletName(addressee.name)) return undefined
  return keyOf(sourceList, { ...addressee, kind: 'organization', role: undefined }, 'told')
}

function hop(sourceList: SourceList, cue: Cue, before: PrecedingText): NewHop | undefined {
  const { speaker, relation } = cue
  if (speaker.as === 'unnamed') return unnamedHop(speaker, relation)
  if (speaker.as === 'pronoun') {
    const { form } = speaker
    // What the writer says in the first person rests on nobody else.
    return form === 'first'
      ? undefined
      : pronounHop(sourceList, { ...cue, speaker: { ...speaker, form } }, before)
  }
  const sourceId =
    speaker.as === 'group' ? groupKey(sourceList, speaker) : keyOf(sourceList, speaker, relation)
  if (sourceId === undefined) return undefined
  const { kind } = sourceList.sources.find(({ key }) => key === sourceId)!
  if (kind !== 'document') sourceList.last[kind] = sourceId
  return { sourceId, relation: defaultRelation(relation, kind === 'organization') }
}

/** What "according to" says of a source: an outlet reports, everybody else says. */
const defaultRelation = (relation: Cue['relation'], reports: boolean): NewHop['relation'] =>
  relation === 'according' ? (reports ? 'reported' : 'said') : relation

const unnamedHop = ({ unnamed }: Extract<Speaker, { as: 'unnamed' }>, relation: Cue['relation']): NewHop => ({
  unnamed: { ...unnamed, description: truncate(unnamed.description, 500) },
  relation: defaultRelation(relation, false)
})

/** Who adds something goes on speaking. */
const continuingVerbs =
  /\b(?:add(?:s|ed)|continued|continues|went on|fügte|fügt|ergänzte|ergänzt|ajout\w*|poursui\w*|añad\w*|agreg\w*|acrescent\w*|aggiun\w*|tilføye\w*|tilføje\w*|tillade|tillägger|voeg\w*)\b/i

/** "she": the one person who can be meant; where there is none, or several, the word itself is all the page says. */
function pronounHop(
  sourceList: SourceList,
  { speaker, relation, words }: Cue & { speaker: OfOthers },
  place: PrecedingText
): NewHop {
  const said = defaultRelation(relation, false)
  const before = { ...place, adds: continuingVerbs.test(words) }
  const meant =
    speaker.form === 'it' ? sourceList.last.organization : resolvePronoun(sourceList, speaker.form, before)
  if (meant === undefined) {
    sourceList.warn({
      code: 'speaker-unknown',
      detail: `The page does not name whom "${speaker.words}" stands for.`,
      words: speaker.words
    })
    return { unnamed: { description: speaker.words }, relation: said }
  }
  const source = sourceList.sources.find(({ key }) => key === meant)
  sourceList.warn({
    code: 'pronoun-resolved',
    detail: `"${speaker.words}" was taken to be ${source?.name ?? meant}.`,
    words: speaker.words
  })
  if (!source) return { unnamed: { description: truncate(meant, 500) }, relation: said }
  if (source.kind === 'person') sourceList.last.person = source.key
  return { sourceId: source.key, relation: said }
}
