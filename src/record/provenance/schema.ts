// Provenance on the wire: what an article, a quote or a claim rests on.
import { type Static, Type } from 'typebox'
import { choice, edition, HttpUrl, Instant, id, optionalNullable, ref, strict } from '../../http/schemas.ts'

const NodeId = Type.String({
  description: 'The id of a record; of a source that is not named, one within this answer.',
  examples: ['src_01k9v3w8zhe5ra4gxm7y2bqd6c']
})

export const ProvenanceNode = strict(
  {
    id: NodeId,
    kind: choice(['article', 'quote', 'claim', 'source', 'unnamed'], {
      description:
        'What it is: words of an article (quote, claim), who they are from, or an article of ours.',
      examples: ['source']
    }),
    label: Type.String({
      description: 'Its title, its words, its name; how a source is described that is not named.',
      examples: ['Mara Lindqvist']
    }),
    sourceKind: optionalNullable(
      choice(['person', 'organization', 'document'], { description: 'Of a source.', examples: ['person'] })
    ),
    role: optionalNullable(
      Type.String({ description: 'The role of a source.', examples: ['harbour master of Port Aldis'] })
    ),
    articleId: optionalNullable({ ...id('art'), description: 'The article that it belongs to.' }),
    state: optionalNullable(
      choice(['published', 'retracted', 'withdrawn'], {
        description: 'Of an article: whether readers can read it, and whether it was retracted.',
        examples: ['published']
      })
    )
  },
  { $id: 'ProvenanceNode', description: 'Somebody or something that words come from.' }
)
export type ProvenanceNode = Static<typeof ProvenanceNode>

export const ProvenanceEdge = strict(
  {
    from: { ...NodeId, description: 'Nearer to the reader.' },
    to: { ...NodeId, description: 'Nearer to the origin.' },
    relation: Type.String({
      description:
        'How it got from there to here: the relation of the hop; `contains` from an article to its quotes and claims; `continues` from an article to those in which a chain goes on.',
      examples: ['said']
    }),
    attributionId: optionalNullable({ ...id('att'), description: 'The chain that the step belongs to.' }),
    position: optionalNullable(
      Type.Integer({
        minimum: 0,
        description: 'Its place in the chain; 0 is nearest the reader.',
        examples: [0]
      })
    ),
    url: optionalNullable({ ...HttpUrl, description: 'Where it was said or published.' }),
    at: optionalNullable({ ...Instant, description: 'When it was said or published.' })
  },
  { $id: 'ProvenanceEdge', description: 'According to whom: one step towards the origin.' }
)
export type ProvenanceEdge = Static<typeof ProvenanceEdge>

const warningCodes = ['single-root', 'circular', 'all-unnamed', 'rests-on-retracted'] as const

export const ProvenanceWarning = strict(
  {
    code: choice([...warningCodes], {
      description:
        '`single-root`: several say it, and all of them have it from one; `circular`: articles rest on each other; `all-unnamed`: nobody at the end of the chains is named; `rests-on-retracted`: an article on the way was retracted or withdrawn.',
      examples: ['single-root']
    }),
    detail: Type.String({
      description: 'The reason in a sentence.',
      examples: ['2 say it, and all have it from Mara Lindqvist.']
    }),
    nodes: Type.Array(NodeId, { description: 'The nodes that it is about.' })
  },
  { $id: 'ProvenanceWarning', description: 'Something that readers of the chains may overlook.' }
)
export type ProvenanceWarning = Static<typeof ProvenanceWarning>

const basis = {
  roots: Type.Array(NodeId, { description: 'Where its chains end.' }),
  independent: Type.Integer({
    minimum: 0,
    description:
      'How many roots are independent of each other: not one through the other, not of one organization, and not described alike in one article.',
    examples: [2]
  }),
  unnamed: Type.Integer({ minimum: 0, description: 'How many roots are not named.', examples: [0] }),
  warnings: Type.Array(ref(ProvenanceWarning), { description: 'What the chains have against them.' })
}

const Statement = strict(
  {
    id: { ...NodeId, description: 'The quote, or the attribution of the claim.' },
    kind: choice(['quote', 'claim'], { description: 'Whether it is quoted.', examples: ['quote'] }),
    ...basis
  },
  { $id: 'ProvenanceStatement', description: 'A quote or a claim, and what it rests on.' }
)
export const ProvenanceStatement = Statement
export type ProvenanceStatement = Static<typeof Statement>

export const Provenance = strict(
  {
    id: { ...NodeId, description: 'What was asked for.' },
    nodes: Type.Array(ref(ProvenanceNode), { description: 'At most 2,000.' }),
    edges: Type.Array(ref(ProvenanceEdge), { description: 'From the reader towards the origins.' }),
    statements: Type.Array(ref(Statement), {
      description: 'The quotes and claims, in the order of the text.'
    }),
    ...basis,
    cut: Type.Boolean({
      description: 'Whether something was left out: more than 2,000 nodes, or more than 20 hops away.',
      examples: [false]
    })
  },
  { $id: 'Provenance', description: 'Who says what according to whom, and where it comes from in the end.' }
)
export type Provenance = Static<typeof Provenance>

/** The forms in which a graph is sent, and their media types. */
export const mediaTypes = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  svg: 'image/svg+xml',
  dot: 'text/vnd.graphviz',
  mermaid: 'text/plain'
} as const
export type GraphForm = keyof typeof mediaTypes
export const forms = Object.keys(mediaTypes) as GraphForm[]

export const ProvenanceQuery = strict({
  ...edition,
  as: Type.Optional(
    choice(forms, {
      description: 'The form, instead of `Accept`: JSON, JSON-LD, a picture, or the source of one.',
      examples: ['svg']
    })
  )
})
export type ProvenanceQuery = Static<typeof ProvenanceQuery>
