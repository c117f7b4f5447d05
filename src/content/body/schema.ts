// Portable Text as On Record speaks it: the blocks, marks and annotations of an article's body.
import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { choice, HttpUrl, ref, reference, strict, text } from '../../http/schemas.ts'

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

export const decorators = ['strong', 'em', 'underline', 'strike', 'code', 'sup', 'sub'] as const
export const styles = ['normal', 'h2', 'h3', 'h4', 'blockquote'] as const

/** How many marks a span may have, and how many spans and annotations a block. */
export const maxMarks = 50
export const maxSpans = 5000
export const maxAnnotations = 1000

const Span = object('Span', 'span', {
  ...key,
  text: Type.String({ maxLength: 1_000_000 }),
  marks: Type.Optional(Type.Array(text(64), { maxItems: maxMarks }))
})

const annotation = { _key: text(64) }
/** Schemes are compared without case (RFC 3986, 3.1), and an http(s) address has a host (RFC 9110, 4.2). */
export const hrefPattern =
  '^([Hh][Tt][Tt][Pp][Ss]?://[^/?#\\\\]|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:|[Ss][Mm][Ss]:|/(?![/\\\\])|#)[^\\t\\n\\r]*$'
const Link = object('Link', 'link', {
  ...annotation,
  href: Type.String({
    format: 'href',
    pattern: hrefPattern,
    maxLength: 2000,
    description:
      'An http(s), `mailto:`, `tel:` or `sms:` address, a path of the own site, or `#` and a fragment.',
    examples: ['https://news.example/story']
  }),
  title: Type.Optional(text(1000, { description: 'What a browser shows beside the link.' }))
})
const QuoteMark = object('QuoteMark', 'quote', { ...annotation, quoteId: reference('quo') })
const AttributionMark = object('AttributionMark', 'attribution', {
  ...annotation,
  attributionId: reference('att')
})

const TextBlock = object('TextBlock', 'block', {
  ...key,
  style: Type.Optional(
    choice([...styles], {
      default: 'normal',
      description:
        'The title of an article is its only h1: an h1 of HTML or Markdown is read as h2, h5 and h6 as h4.'
    })
  ),
  listItem: Type.Optional(choice(['bullet', 'number'])),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  start: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 999_999_999,
      description:
        'The number of this item, on the first item of a numbered list that does not begin at 1, or that begins anew right after another.'
    })
  ),
  children: Type.Array(ref(Span), { maxItems: maxSpans }),
  markDefs: Type.Optional(Type.Array(tagged(Link, QuoteMark, AttributionMark), { maxItems: maxAnnotations }))
})
const ImageBlock = object('ImageBlock', 'image', { ...key, mediaId: reference('med') })
const EmbedBlock = object('EmbedBlock', 'embed', { ...key, url: HttpUrl })
const RuleBlock = object('RuleBlock', 'rule', key)
const CodeBlock = object('CodeBlock', 'code', {
  ...key,
  code: Type.String({ maxLength: 1_000_000, description: 'The lines as they stand.' }),
  language: Type.Optional(text(64, { pattern: '^\\S+$', examples: ['typescript'] }))
})

/** As many columns, and rows, as one cell may span: the limits of HTML. */
export const maxSpan = { columns: 1000, rows: 65_534 }
const TableCell = object('TableCell', 'cell', {
  ...key,
  header: Type.Optional(Type.Literal(true, { description: 'A header of its row or column.' })),
  colspan: Type.Optional(Type.Integer({ minimum: 2, maximum: maxSpan.columns })),
  rowspan: Type.Optional(Type.Integer({ minimum: 2, maximum: maxSpan.rows })),
  value: Type.Array(ref(TextBlock), { maxItems: 1000, description: 'What stands in the cell.' })
})
const TableRow = object('TableRow', 'row', { ...key, cells: Type.Array(ref(TableCell), { maxItems: 1000 }) })
const TableBlock = object('TableBlock', 'table', {
  ...key,
  caption: Type.Optional(text(5000)),
  rows: Type.Array(ref(TableRow), { minItems: 1, maxItems: 5000 })
})

const blocks = [TextBlock, ImageBlock, EmbedBlock, RuleBlock, CodeBlock, TableBlock] as const
export const Body = Type.Array(tagged(...blocks), {
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
type SentRow = Sent<'table'>['rows'][number]
export type TableCell = Keyed<Omit<SentRow['cells'][number], 'value'>> & { value: TextBlock[] }
export type TableRow = Keyed<Omit<SentRow, 'cells'>> & { cells: TableCell[] }
export type TableBlock = Keyed<Omit<Sent<'table'>, 'rows'>> & { rows: TableRow[] }
export type CodeBlock = Keyed<Sent<'code'>>
/** A body as it is stored: everything is keyed, and nothing is left out. */
export type Body = (
  | TextBlock
  | Keyed<Sent<'image'>>
  | Keyed<Sent<'embed'>>
  | Keyed<Sent<'rule'>>
  | CodeBlock
  | TableBlock
)[]
export type Block = Body[number]

const textOfForm = (name: string, description: string) =>
  strict({ [name]: Type.String({ maxLength: 1_000_000, description }) })

/** A body as clients may send it. */
export const NewBody = Type.Unsafe<PortableText | { markdown: string } | { html: string } | { text: string }>(
  {
    $id: 'NewBody',
    anyOf: [
      ref(Body),
      textOfForm('markdown', 'CommonMark. `![](med_...)` shows a picture.'),
      textOfForm('html', 'HTML. `<img src="med_...">` shows a picture; scripts and styles are dropped.'),
      textOfForm('text', 'Plain text: an empty line ends a paragraph.')
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
  TableCell,
  TableRow,
  ...blocks,
  Body,
  NewBody
]

/** A body as clients may read it. */
export const BodyForm = choice(['portable-text', 'html', 'markdown', 'text'], {
  default: 'portable-text',
  description: 'How the body is written in the answer.'
})
export type BodyForm = Static<typeof BodyForm>
