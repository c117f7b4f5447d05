// Fields that are sent where they are not taken, because what they are meant to do is done in another way.

interface MisplacedField {
  name: RegExp
  /** Fields that the schema has: they tell which one it is. */
  schemaHas: string[]
  /** Whether it has no others. */
  only?: true
  remedy: string
}

/** The first that fits is told. */
const misplacedFields: MisplacedField[] = [
  {
    name: /^status$/,
    schemaHas: ['title'],
    remedy: 'The status is changed by POST .../publish and the like.'
  },
  {
    name: /^credits?$/,
    schemaHas: ['focalPoint'],
    remedy: 'Credits are added by POST /v1/media/{id}/credits.'
  },
  {
    name: /^(quotes|attributions|corrections)$/,
    schemaHas: ['leadMediaId'],
    remedy:
      'Quotes, attributions and corrections have addresses of their own: POST /v1/articles/{id}/quotes and the like adds one.'
  },
  {
    name: /^(sources|media)$/,
    schemaHas: ['leadMediaId'],
    remedy: 'Sources and media have addresses of their own: /v1/sources, /v1/media.'
  },
  {
    name: /^(id|version|edition|retracted|publishedWithChanges|(created|updated|firstPublished)At)$/,
    schemaHas: ['leadMediaId'],
    remedy: 'It is told in answers, and not written: leave it out.'
  },
  { name: /^edition$/, schemaHas: ['strict'], remedy: 'Writes change the draft: leave it out.' },
  { name: /^secret$/, schemaHas: ['events'], remedy: 'The secret is made here, and answered once.' },
  {
    name: /^translations$/,
    schemaHas: ['translationOf'],
    remedy: 'Each translation names the original in its own `translationOf`.'
  },
  {
    name: /^key$/,
    schemaHas: ['body', 'edition'],
    remedy: 'The key of a preview link goes into the header Preview-Key of GET /v1/preview.'
  },
  {
    name: /^key$/,
    schemaHas: ['body'],
    only: true,
    remedy: 'The key goes into the header Preview-Key: an address is in logs on the way.'
  },
  { name: /^key$/, schemaHas: ['author', 'parentId'], remedy: 'The key of an author is `author.key`.' }
]

/** What to do instead of sending a field of this name, where the schema has the fields `known`. */
export const remedyFor = (name: string, known: string[]): string | undefined =>
  misplacedFields.find(
    (field) =>
      field.name.test(name) &&
      field.schemaHas.every((one) => known.includes(one)) &&
      (!field.only || known.length === field.schemaHas.length)
  )?.remedy
