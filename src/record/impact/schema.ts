// What rests on a source, an article, a quote or a chain, on the wire.
import { type Static, Type } from 'typebox'
import { choice, id, listQuery, nullable, ref, strict } from '../../http/schemas.ts'
import { ProvenanceEdge } from '../provenance/schema.ts'

export const Dependent = strict(
  {
    id: Type.String({
      description: 'The id of the article, of the quote, or of the attribution of the claim.',
      examples: ['quo_01k9v3w8zhe5ra4gxm7y2bqd6c']
    }),
    kind: choice(['article', 'quote', 'claim'], { description: 'What it is.', examples: ['quote'] }),
    label: Type.String({
      description: 'The title of the article; the words of the quote or claim.',
      examples: ['The ferry will stop before summer.']
    }),
    articleId: { ...id('art'), description: 'The article that it belongs to; its own id, of an article.' },
    path: Type.Array(ref(ProvenanceEdge), {
      description:
        'A shortest way from it to what was asked for. From a quote to one of its chains, where a chain was asked for, the relation is `attributed`.'
    })
  },
  { $id: 'Dependent', description: 'Something published that rests on what was asked for.' }
)
export type Dependent = Static<typeof Dependent>

export const DependentPage = strict(
  {
    data: Type.Array(ref(Dependent), {
      description:
        'Those that name it themselves first, then those that rest on it through others; of each, the newest articles first.'
    }),
    next: nullable(Type.String({ description: 'The `cursor` of the next page; null on the last.' })),
    cut: Type.Boolean({
      description:
        'Whether some that rest on it through others were left out: more than 2,000, or more than 20 hops away. The last page knows.',
      examples: [false]
    })
  },
  { $id: 'DependentPage', description: 'A page of what rests on something.' }
)
export type DependentPage = Static<typeof DependentPage>

export const DependentQuery = listQuery({})
export type DependentQuery = Static<typeof DependentQuery>
