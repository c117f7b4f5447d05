// The chain of an attribution, from the reader's side back to the origin.
import type { NewHop } from '../../content/attributions/schema.ts'
import { cut } from '../../content/body/pieces.ts'
import { type Before, personMeant } from './grammar/antecedents.ts'
import type { Cue } from './grammar/cue.ts'
import { isOutletName } from './grammar/names.ts'
import type { Speaker } from './grammar/speakers.ts'
import { groupKey, keyOf, type Roll } from './sources.ts'

type Pronoun = Extract<Speaker, { as: 'pronoun' }>

/** The chain from the reader to the origin; undefined when nobody more can be told of. */
export function hopsOf(roll: Roll, cue: Cue, before: Before): NewHop[] | undefined {
  const outlet = outletOf(roll, cue)
  const origin = hop(roll, cue, before)
  if (!origin) return undefined
  return outlet ? [{ sourceId: outlet, relation: 'reported' }, origin] : [origin]
}

/** The outlet that reports what it was told: "told the Example Wire". */
function outletOf(roll: Roll, { told }: Cue) {
  if (told?.as !== 'name' || !(told.kind === 'organization' || isOutletName(told.name))) return undefined
  return keyOf(roll, { ...told, kind: 'organization', role: undefined }, 'told')
}

function hop(roll: Roll, cue: Cue, before: Before): NewHop | undefined {
  const { speaker, relation } = cue
  if (speaker.as === 'unnamed') return unnamedHop(speaker, relation)
  if (speaker.as === 'pronoun') return pronounHop(roll, { ...cue, speaker }, before)
  const sourceId = speaker.as === 'group' ? groupKey(roll, speaker) : keyOf(roll, speaker, relation)
  if (sourceId === undefined) return undefined
  const { kind } = roll.sources.find(({ key }) => key === sourceId)!
  if (kind !== 'document') roll.last[kind] = sourceId
  return { sourceId, relation: plain(relation, kind === 'organization') }
}

/** What "according to" says of a source: an outlet reports, everybody else says. */
const plain = (relation: Cue['relation'], reports: boolean): NewHop['relation'] =>
  relation === 'according' ? (reports ? 'reported' : 'said') : relation

const unnamedHop = ({ unnamed }: Extract<Speaker, { as: 'unnamed' }>, relation: Cue['relation']): NewHop => ({
  unnamed: { ...unnamed, description: cut(unnamed.description, 500) },
  relation: plain(relation, false)
})

/** Who adds something goes on speaking. */
const adding =
  /\b(?:add(?:s|ed)|continued|continues|went on|fügte|fügt|ergänzte|ergänzt|ajout\w*|poursui\w*|añad\w*|agreg\w*|acrescent\w*|aggiun\w*|tilføye\w*|tilføje\w*|tillade|tillägger|voeg\w*)\b/i

/** "she": the one person who can be meant; where there is none, or several, the word itself is all the page says. */
function pronounHop(
  roll: Roll,
  { speaker, relation, words }: Cue & { speaker: Pronoun },
  place: Before
): NewHop {
  const said = plain(relation, false)
  const before = { ...place, adds: adding.test(words) }
  const meant = speaker.form === 'it' ? roll.last.organization : personMeant(roll, speaker.form, before)
  if (meant === undefined) {
    roll.warn({
      code: 'speaker-unknown',
      detail: `The page does not name whom "${speaker.words}" stands for.`,
      words: speaker.words
    })
    return { unnamed: { description: speaker.words }, relation: said }
  }
  const source = roll.sources.find(({ key }) => key === meant)
  roll.warn({
    code: 'pronoun-resolved',
    detail: `"${speaker.words}" was taken to be ${source?.name ?? meant}.`,
    words: speaker.words
  })
  if (!source) return { unnamed: { description: cut(meant, 500) }, relation: said }
  if (source.kind === 'person') roll.last.person = source.key
  return { sourceId: source.key, relation: said }
}
