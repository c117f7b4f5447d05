// The parameters of public lists beside filters: q, order, fields, include.
import { type TObject, type TSchema, Type } from 'typebox'
import { choice, filterValues, nullable, ref, strict, Words } from '../../http/schemas.ts'
import { cardOf, type Kind } from '../documents/kinds.ts'
import { includable } from './inclusions.ts'

/** The instant by which each kind is sorted; comments are in thread order. */
const instants: Partial<Record<Kind, string>> = {
  article: 'publishedAt',
  quote: 'publishedAt',
  attribution: 'publishedAt',
  correction: 'publishedAt',
  source: 'createdAt',
  media: 'createdAt',
  credit: 'createdAt'
}

/** The schema of these parameters. */
export function listParameters(kind: Kind, card: TObject, atTheDesk: string[] = []): Record<string, TSchema> {
  const instant = instants[kind]
  const searched = kind === 'article' || kind === 'quote'
  const names = Object.keys(includable[kind])
  return {
    ...(searched && { q: Type.Optional(Words) }),
    ...(instant && { sort: Type.Optional(order(instant, searched, atTheDesk)) }),
    fields: filterValues(choice(Object.keys(card.properties)), 'Only these properties of each item.'),
    ...(names.length > 0 && {
      include: filterValues(
        choice(names),
        'What comes along with each item, in its `included`: 20 of each at most.'
      )
    }),
    count: Type.Optional(choice(['exact'], { description: 'Also tell how many items all pages have.' }))
  }
}

const order = (instant: string, searched: boolean, atTheDesk: string[]) =>
  choice([`-${instant}`, instant, ...(searched ? ['relevance'] : []), ...atTheDesk], {
    description:
      atTheDesk.length > 0
        ? `${described(searched)} At the desk (\`edition=draft\`): ${atTheDesk.join(' or ')}.`
        : described(searched)
  })

const described = (searched: boolean) =>
  searched
    ? 'Newest first (when left out), oldest first, or with `q` those with all words in their headline first, the newest first among them.'
    : 'Newest first (when left out), or oldest first.'

/** The schema of an item, with what may be included. With `fields` an answer has only those of its properties. */
export const itemOf = (kind: Kind, card: TObject) =>
  Object.keys(includable[kind]).length === 0
    ? ref(card)
    : strict(
        { ...card.properties, included: Type.Optional(includedWith(kind)) },
        { description: String((card as { description?: string }).description) }
      )

/** The schema of what may be included with a document of this kind. */
export const includedWith = (kind: Kind, names = Object.keys(includable[kind])) =>
  strict(
    Object.fromEntries(
      names.map((name) => {
        const { kind: of, ...how } = includable[kind][name]!
        const item = cardOf(of)
        return [name, Type.Optional('one' in how ? nullable(item) : some(item))]
      })
    ),
    { description: `What \`include\` asked for.` }
  )

const some = (item: TSchema) =>
  strict({
    data: Type.Array(item, { maxItems: 20 }),
    next: nullable(Type.String({ description: 'The address of the rest.' }))
  })
