import { type Static, Type } from 'typebox'
import { HttpUrl, Instant, Language, nullable, optionalNullable, strict, text } from '../../http/schemas.ts'

const template = Type.String({
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#{}]+(?:/|$)(?:[^{}]|\\{(?:slug|id|section|year|month|day)\\})*$',
  maxLength: 2000,
  description:
    'Where readers find an article: an address with `{slug}`, `{id}`, `{section}`, `{year}`, `{month}` or `{day}` (of its first publication, UTC) in its path (RFC 6570, level 1). Without it, `{url}/articles/{slug}`.',
  examples: ['https://news.example/{section}/{slug}']
})

/** Pages that say how the newsroom works, by their properties in schema.org. */
const policy = (what: string) => optionalNullable({ ...HttpUrl, description: `The address of ${what}.` })
const policies = strict(
  {
    publishingPrinciples: policy('the editorial principles'),
    ethicsPolicy: policy('the ethics policy'),
    correctionsPolicy: policy('how corrections are made'),
    unnamedSourcesPolicy: policy('when sources are not named'),
    verificationFactCheckingPolicy: policy('how facts are checked'),
    actionableFeedbackPolicy: policy('how readers are heard'),
    diversityPolicy: policy('the diversity policy'),
    ownershipFundingInfo: policy('who owns and pays for the newsroom'),
    masthead: policy('who works there')
  },
  { description: 'Pages that say how the newsroom works (schema.org, NewsMediaOrganization).' }
)

const shortText = (description: string, example: string) => text(300, { description, examples: [example] })
const address = (description: string, example: string) => ({ ...HttpUrl, description, examples: [example] })

const name = shortText('What the newsroom is called.', 'The Harbour Gazette')
const parts = {
  description: shortText('One sentence about it.', 'News from the harbour and the town behind it.'),
  language: Language,
  url: address(
    'Its front page. Without it, ONRECORD_SITE_URL; feeds and sitemaps need one of the two.',
    'https://news.example'
  ),
  articleUrl: template,
  apiUrl: address(
    'Where readers reach this API, if they do: feeds name themselves by it.',
    'https://api.news.example'
  ),
  logoUrl: address('Its logo.', 'https://news.example/logo.png'),
  copyrightNotice: shortText('The notice that feeds carry.', 'Copyright 2026 The Harbour Gazette')
}
const input = {
  name: optionalNullable(name),
  description: optionalNullable(parts.description),
  language: optionalNullable(parts.language),
  url: optionalNullable(parts.url),
  articleUrl: optionalNullable(parts.articleUrl),
  apiUrl: optionalNullable(parts.apiUrl),
  logoUrl: optionalNullable(parts.logoUrl),
  copyrightNotice: optionalNullable(parts.copyrightNotice),
  policies: Type.Optional(policies)
}

export const NewPublisher = strict(input, {
  $id: 'NewPublisher',
  description:
    'What a newsroom says of itself, in feeds, sitemaps and structured data. What is left out is not said.',
  examples: [{ name: 'The Harbour Gazette', url: 'https://news.example', language: 'en-GB' }]
})
export type NewPublisher = Static<typeof NewPublisher>

const fields = {
  name,
  description: nullable(parts.description),
  language: nullable(parts.language),
  url: nullable(parts.url),
  articleUrl: nullable(parts.articleUrl),
  apiUrl: nullable(parts.apiUrl),
  logoUrl: nullable(parts.logoUrl),
  copyrightNotice: nullable(parts.copyrightNotice),
  policies
}

/** What readers are told. */
export const Publisher = strict(fields, { $id: 'Publisher', description: 'Who publishes here.' })
export type Publisher = Static<typeof Publisher>

export const DraftPublisher = strict(
  {
    ...fields,
    version: Type.Integer({ minimum: 0, description: '0 until something was said.' }),
    updatedAt: nullable(Instant)
  },
  { $id: 'DraftPublisher', description: 'The same with its version, for those who change it.' }
)
export interface DraftPublisher extends Publisher {
  version: number
  updatedAt: string | null
}
