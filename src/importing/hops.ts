// The chain of an attribution, from the reader's side back to the origin.
import type { NewHop } from '../attributions/schema.ts'
import { cut } from '../body/pieces.ts'
import type { Cue } from './cues.ts'
import { isOrganizationName, isOutletName, mentions } from './names.ts'
import { groupKey, keyOf, type Roll } from './sources.ts'
import type { Speaker } from './speakers.ts'

/** The chain from the reader to the origin; undefined when nobody more can be told of. */
export function hopsOf(roll: Roll, cue: Cue, before: string): NewHop[] | undefined {
  const outlet = cue.told !== undefined && isOutletName(cue.told) ? outletNamed(roll, cue.told) : undefined
  const origin = hop(roll, cue, before)
  if (!origin) return undefined
  return outlet ? [{ sourceId: outlet, relation: 'reported' }, origin] : [origin]
}

const outletNamed = (roll: Roll, name: string) =>
  keyOf(roll, { as: 'name', name, kind: 'organization', words: name, length: name.length }, 'told')

function hop(roll: Roll, { speaker, relation }: Cue, before: string): NewHop | undefined {
  if (speaker.as === 'unnamed') return unnamedHop(speaker, relation)
  if (speaker.as === 'pronoun') return pronounHop(roll, speaker, relation, before)
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

/** "she": the person named last before these words; where there is none, the word itself is all the page says. */
function pronounHop(roll: Roll, speaker: Speaker, relation: Cue['relation'], before: string): NewHop {
  const said = plain(relation, false)
  const sourceId = /^it$/i.test(speaker.words) ? roll.last.organization : antecedent(roll, before)
  if (sourceId === undefined) {
    roll.warn({
      code: 'speaker-unknown',
      detail: `The page does not name whom "${speaker.words}" stands for.`,
      words: speaker.words
    })
    return { unnamed: { description: speaker.words }, relation: said }
  }
  const { name } = roll.sources.find(({ key }) => key === sourceId)!
  roll.warn({
    code: 'pronoun-resolved',
    detail: `"${speaker.words}" was taken to be ${name}.`,
    words: speaker.words
  })
  return { sourceId, relation: said }
}

/** The person named nearest before: a speaker, or a name of two words or more. */
function antecedent(roll: Roll, before: string): string | undefined {
  const spoke = roll.sources.find(({ key }) => key === roll.last.person)
  const spokeAt = spoke ? before.lastIndexOf(spoke.name.split(' ').at(-1)!) : -1
  const nearest = mentions(before).findLast(({ name }) => !isOrganizationName(name))
  if (!nearest || (spoke && nearest.at <= spokeAt)) return spoke?.key
  return keyOf(
    roll,
    { as: 'name', name: nearest.name, role: nearest.title, kind: 'person', words: nearest.name, length: 0 },
    'said'
  )
}
