// Portable Text as On Record speaks it: the blocks, marks and annotations of an article's body.
import { type Static, type TObject, Type } from 'typebox'
import { choice, HttpUrl, reference, strict, text } from '../schemas.ts'

const key = { _key: Type.Optional(text(64)) }

/** One of several objects, told apart by `_type`. */
const tagged = <T extends TObject[]>(objects: T) =>
  Type.Unsafe<Static<T[number]>>({
    type: 'object',
    required: ['_type'],
    discriminator: { propertyName: '_type' },
    oneOf: objects
  })

export const decorators = ['strong', 'em', 'underline', 'strike', 'code'] as const
export const styles = ['normal', 'h2', 'h3', 'h4', 'blockquote'] as const

const Span = strict({
  _type: Type.Literal('span'),
  ...key,
  text: Type.String({ maxLength: 1_000_000 }),
  marks: Type.Optional(Type.Array(text(64), { maxItems: 50 }))
})

const Link = strict({
  _type: Type.Literal('link'),
  _key: text(64),
  href: Type.String({ pattern: '^(https?://|mailto:|/(?!/)|#)', maxLength: 2000 })
})
const QuoteMark = strict({ _type: Type.Literal('quote'), _key: text(64), quoteId: reference('quo') })
const AttributionMark = strict({
  _type: Type.Literal('attribution'),
  _key: text(64),
  attributionId: reference('att')
})

const TextBlock = strict({
  _type: Type.Literal('block'),
  ...key,
  style: Type.Optional(choice([...styles], { default: 'normal' })),
  listItem: Type.Optional(choice(['bullet', 'number'])),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  children: Type.Array(Span, { maxItems: 5000 }),
  markDefs: Type.Optional(Type.Array(tagged([Link, QuoteMark, AttributionMark]), { maxItems: 1000 }))
})
const Image = strict({ _type: Type.Literal('image'), ...key, mediaId: reference('med') })
const Embed = strict({ _type: Type.Literal('embed'), ...key, url: HttpUrl })
const Rule = strict({ _type: Type.Literal('rule'), ...key })

export type Span = Static<typeof Span>
export type TextBlock = Static<typeof TextBlock>
export type MarkDef = NonNullable<TextBlock['markDefs']>[number]

export const Body = Type.Array(tagged([TextBlock, Image, Embed, Rule]), {
  $id: 'Body',
  maxItems: 5000,
  description:
    'Portable Text. A `quote` or `attribution` annotation is what anchors a quote or a claim to its words.',
  examples: [
    [
      {
        _type: 'block',
        _key: 'b1',
        style: 'normal',
        children: [{ _type: 'span', _key: 's1', text: 'The ferry will keep sailing.', marks: [] }],
        markDefs: []
      }
    ]
  ]
})
export type Body = Static<typeof Body>
export type Block = Body[number]

const written = (name: string, what: string) =>
  strict({ [name]: Type.String({ maxLength: 1_000_000, description: what }) })

/** A body as clients may send it. */
export const NewBody = Type.Unsafe<Body | { markdown: string } | { html: string } | { text: string }>({
  $id: 'NewBody',
  anyOf: [
    Body,
    written('markdown', 'CommonMark. `![](med_...)` shows a picture.'),
    written('html', 'HTML. `<img src="med_...">` shows a picture; scripts and styles are dropped.'),
    written('text', 'Plain text: an empty line ends a paragraph.')
  ].map(({ ...schema }) => ({ ...schema, $id: undefined }))
})
export type NewBody = Static<typeof NewBody>

/** A body as clients may read it. */
export const BodyForm = choice(['portable-text', 'html', 'markdown', 'text'], {
  default: 'portable-text',
  description: 'How the body is written in the answer.'
})
export type BodyForm = Static<typeof BodyForm>
