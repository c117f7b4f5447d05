// Portable Text as On Record speaks it: the blocks, marks and annotations of an article's body.
import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { choice, HttpUrl, ref, reference, strict, text } from '../schemas.ts'

const key = { _key: Type.Optional(text(64)) }

/** One of several named objects, told apart by `_type`. */
const tagged = <T extends TObject[]>(...objects: T) =>
  Type.Unsafe<Static<T[number]>>({
    type: 'object',
    required: ['_type'],
    discriminator: { propertyName: '_type' },
    oneOf: objects.map(ref)
  })
const object = <T extends string, P extends TProperties>($id: string, _type: T, properties: P) =>
  strict({ _type: Type.Literal(_type), ...properties }, { $id })

export const decorators = ['strong', 'em', 'underline', 'strike', 'code'] as const
export const styles = ['normal', 'h2', 'h3', 'h4', 'blockquote'] as const

const Span = object('Span', 'span', {
  ...key,
  text: Type.String({ maxLength: 1_000_000 }),
  marks: Type.Optional(Type.Array(text(64), { maxItems: 50 }))
})

const annotation = { _key: text(64) }
const Link = object('Link', 'link', {
  ...annotation,
  href: Type.String({ pattern: '^(https?://|mailto:|/(?![/\\\\])|#)[^\\t\\n\\r]*$', maxLength: 2000 })
})
const QuoteMark = object('QuoteMark', 'quote', { ...annotation, quoteId: reference('quo') })
const AttributionMark = object('AttributionMark', 'attribution', {
  ...annotation,
  attributionId: reference('att')
})

const TextBlock = object('TextBlock', 'block', {
  ...key,
  style: Type.Optional(choice([...styles], { default: 'normal' })),
  listItem: Type.Optional(choice(['bullet', 'number'])),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  children: Type.Array(ref(Span), { maxItems: 5000 }),
  markDefs: Type.Optional(Type.Array(tagged(Link, QuoteMark, AttributionMark), { maxItems: 1000 }))
})
const ImageBlock = object('ImageBlock', 'image', { ...key, mediaId: reference('med') })
const EmbedBlock = object('EmbedBlock', 'embed', { ...key, url: HttpUrl })
const RuleBlock = object('RuleBlock', 'rule', key)

export const Body = Type.Array(tagged(TextBlock, ImageBlock, EmbedBlock, RuleBlock), {
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
/** A body as clients send it: keys and empty lists may be left out. */
export type PortableText = Static<typeof Body>

type Sent<Type extends string> = Extract<PortableText[number], { _type: Type }>
type Keyed<T> = T & { _key: string }
export type SentSpan = Sent<'block'>['children'][number]
export type Span = Required<SentSpan>
export type MarkDef = NonNullable<Sent<'block'>['markDefs']>[number]
export type TextBlock = Omit<Sent<'block'>, 'children' | 'markDefs'> & {
  _key: string
  style: (typeof styles)[number]
  children: Span[]
  markDefs: MarkDef[]
}
/** A body as it is stored: everything is keyed, and nothing is left out. */
export type Body = (TextBlock | Keyed<Sent<'image'>> | Keyed<Sent<'embed'>> | Keyed<Sent<'rule'>>)[]
export type Block = Body[number]

const written = (name: string, description: string) =>
  strict({ [name]: Type.String({ maxLength: 1_000_000, description }) })

/** A body as clients may send it. */
export const NewBody = Type.Unsafe<PortableText | { markdown: string } | { html: string } | { text: string }>(
  {
    $id: 'NewBody',
    anyOf: [
      ref(Body),
      written('markdown', 'CommonMark. `![](med_...)` shows a picture.'),
      written('html', 'HTML. `<img src="med_...">` shows a picture; scripts and styles are dropped.'),
      written('text', 'Plain text: an empty line ends a paragraph.')
    ]
  }
)
export type NewBody = Static<typeof NewBody>

/** Every named part of a body. */
export const bodySchemas = [
  Span,
  Link,
  QuoteMark,
  AttributionMark,
  TextBlock,
  ImageBlock,
  EmbedBlock,
  RuleBlock,
  Body,
  NewBody
]

/** A body as clients may read it. */
export const BodyForm = choice(['portable-text', 'html', 'markdown', 'text'], {
  default: 'portable-text',
  description: 'How the body is written in the answer.'
})
export type BodyForm = Static<typeof BodyForm>
