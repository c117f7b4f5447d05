// Building blocks of the wire schemas.
import { type Static, type TProperties, type TSchema, Type } from 'typebox'

/** A $ref to a schema by its $id, with the type of that schema: the OpenAPI document then has it once. */
export const ref = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` })

/** An object schema without additional properties. */
export const strict = <T extends TProperties>(properties: T, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** The same value or null. */
export const nullable = <T extends TSchema>(schema: T) => {
  const plain = schema as { type?: string | string[]; enum?: unknown[] }
  if (Array.isArray(plain.type)) return Type.Unsafe<Static<T> | null>(schema)
  if (plain.type === undefined) return Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })
  const choices = plain.enum && { enum: [...plain.enum, null] }
  return Type.Unsafe<Static<T> | null>({ ...schema, ...choices, type: [plain.type, 'null'] })
}

/** An optional property that may be null. */
export const optionalNullable = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema))

export const choice = <const T extends string[]>(values: T, options: object = {}) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: values, ...options })

/** Invisible characters: white space, control and format characters, fillers (UAX #44, UTS #39). */
const invisible = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Whether a text has a visible character, not only white space and such as U+200B. */
export const isVisible = (text: string) => {
  for (const character of text) if (!invisible.test(character)) return true
  return false
}

/** A string with a visible character. (A format, not a pattern: older stored texts may have none.) */
export const text = (maxLength: number, options: object = {}) =>
  Type.String({ minLength: 1, maxLength, format: 'visible-text', ...options })

const suffix = '[0-7][0-9a-hjkmnp-tv-z]{25}'
/** What has an id, by the prefix of it. */
const nouns = {
  art: 'an article',
  quo: 'a quote',
  att: 'an attribution',
  src: 'a source',
  med: 'a media file',
  crd: 'a media credit',
  com: 'a comment',
  cor: 'a correction',
  err: 'an error report',
  alg: 'an allegation',
  req: 'a request for comment',
  tok: 'a token',
  whk: 'a webhook',
  dlv: 'a delivery',
  rep: 'a report',
  blk: 'a blocked term',
  ban: 'a ban',
  bak: 'a backup',
  exp: 'an export',
  imp: 'an import',
  prv: 'a preview link',
  cau: 'a cause of reviews',
  rev: 'a review',
  upl: 'an upload'
}
export type Prefix = keyof typeof nouns

const exampleOf = (prefix: Prefix) => `${prefix}_01k9v3w8zhe5ra4gxm7y2bqd6c`

/** A TypeID: prefix and UUIDv7 in base32. */
export const id = (prefix: Prefix) =>
  Type.String({
    pattern: `^${prefix}_${suffix}$`,
    description: `The id of ${nouns[prefix]}.`,
    examples: [exampleOf(prefix)]
  })

/** An id, or within a whole story the local key of a record sent with it. */
export const reference = (prefix: Prefix) =>
  Type.String({
    pattern: `^(${prefix}_${suffix}|[A-Za-z0-9][A-Za-z0-9-]{0,63})$`,
    description: 'An id, or in a whole story the key of a record sent with it.',
    examples: [exampleOf(prefix)]
  })

/** A local key by which records of a whole story refer to each other, chosen by the client. */
export const Key = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$',
  description: 'A local key: other parts of the same story refer to this record by it.',
  examples: ['lindqvist']
})

export const Instant = Type.String({
  format: 'date-time',
  maxLength: 40,
  examples: ['2026-11-02T08:30:00.000Z']
})
export const Language = Type.String({
  format: 'bcp47',
  maxLength: 35,
  description:
    'A BCP 47 language tag; `und` when nobody said. It is stored as it was sent, but for capitals, and for parts that the IANA registry has another value for (`iw` is `he`, `zh-yue` is `yue`). The language has to be registered.',
  examples: ['en-GB']
})
export const LanguageRange = Type.String({
  format: 'bcp47',
  maxLength: 35,
  description: 'A language tag, which also finds the longer ones (RFC 4647, 3.3.1): `fr` finds `fr-CA`.',
  examples: ['en']
})
export const HttpUrl = Type.String({
  format: 'uri',
  // An empty host is to be rejected (RFC 9110, 4.2.1 and 4.2.2); schemes are compared without case (RFC 3986, 3.1).
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]',
  maxLength: 2000,
  examples: ['https://news.example/story']
})

/** Something that was guessed, changed or left out when content was read. */
export const Warning = strict(
  {
    code: text(64, { description: 'What kind of guess or loss it is.', examples: ['link-dropped'] }),
    detail: text(500, { description: 'What was guessed, changed or left out, and why.' }),
    words: Type.String({ maxLength: 300, description: 'The words that were read.' }),
    pointer: Type.Optional(
      Type.String({ maxLength: 200, description: 'Where it stands in what was stored: a JSON Pointer.' })
    )
  },
  {
    $id: 'Warning',
    description: 'Something an editor should look at: it was guessed, or not kept as it was.'
  }
)
export type Warning = Static<typeof Warning>

/** Fields of every draft. The version is part of the ETag, for If-Match. */
export const deskFields = {
  version: Type.Integer({ minimum: 1 }),
  createdAt: Instant,
  updatedAt: Instant
}

/** What the draft of a record that several articles may share tells besides. */
export const sharedField = {
  outdatedIn: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'In how many published articles an older form stands; a list does not tell.'
    })
  )
}

const Edition = choice(['published', 'draft'], {
  default: 'published',
  description:
    'Which edition to read: `published` is open to everybody, `draft` needs a token that may read drafts.'
})
export const edition = { edition: Type.Optional(Edition) }

const paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(text(500, { description: 'The `next` of the page before.' }))
}

/** How many values one filter takes. */
export const maxValues = 20

/**
 * A parameter of several values. OpenAPI has one form for each: the document says that it is repeated (`explode`), because
 * generated clients that write commas encode them, too; `a,b` is taken as well.
 */
export const filterValues = <T extends TSchema>(
  value: T,
  description = 'Any of these: the parameter again for each, or commas between.'
) =>
  Type.Optional(
    Type.Array(value, { minItems: 1, maxItems: maxValues, style: 'form', explode: true, description })
  )

/** A search query. */
export const Words = Type.String({
  minLength: 1,
  maxLength: 200,
  description:
    'Words, all of which must stand in it: capitals do not matter, nor do accents (`tromso` and `Tromsø` find the same), forms of the same letter, and what is invisible. Vowel signs and letters such as й do. What is written without spaces, as Chinese, Japanese, Korean or Thai, is found wherever it stands. `"a phrase"` for words that stand together, `begin*` for words that begin so. Of a text with more than 100,000 words the first 100,000 are searched.',
  examples: ['ferry winter']
})

/** The query of a list that has one edition and no filters. */
export const pageQuery = () => strict(paging)

/** The query of a list: which edition, which page, and the filters given. */
export const listQuery = <T extends TProperties>(filters: T) => strict({ ...edition, ...paging, ...filters })

export const page = <T extends TSchema>(item: T) =>
  strict({
    data: Type.Array(item),
    next: nullable(Type.String({ description: 'The `cursor` of the next page; null on the last.' })),
    count: Type.Optional(
      Type.Integer({ minimum: 0, description: 'How many items all pages have; where it was asked for.' })
    )
  })

/** An instant in the form in which it is stored: UTC with milliseconds. */
export const utc = (instant: string) => new Date(instant).toISOString()
export const utcOrNull = (instant: string | null | undefined) => (instant ? utc(instant) : null)
