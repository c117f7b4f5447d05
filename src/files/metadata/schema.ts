import { type Static, Type } from 'typebox'
import { choice, HttpUrl, nullable, strict, text } from '../../http/schemas.ts'

/** Terms of the PLUS vocabulary on data mining (plus:DataMining), without their prefix `DMI-`. */
export const DataMining = choice(
  [
    'UNSPECIFIED',
    'ALLOWED',
    'PROHIBITED-AIMLTRAINING',
    'PROHIBITED-GENAIMLTRAINING',
    'PROHIBITED-EXCEPTSEARCHENGINEINDEXING',
    'PROHIBITED',
    'PROHIBITED-SEECONSTRAINT'
  ],
  {
    description: 'Whether the picture may be mined for data: a term of PLUS (DMI), without its prefix.',
    examples: ['PROHIBITED-GENAIMLTRAINING']
  }
)
export type DataMining = Static<typeof DataMining>

/** Fields on generated pictures of the IPTC Photo Metadata Standard 2025.1. */
export const AiFields = strict({
  system: nullable(text(300, { description: 'AISystemUsed.', examples: ['Example Painter'] })),
  systemVersion: nullable(text(100, { description: 'AISystemVersionUsed.', examples: ['4.1'] })),
  prompt: nullable(text(5000, { description: 'AIPromptInformation.', examples: ['A ferry at dusk'] })),
  promptWriter: nullable(text(300, { description: 'AIPromptWriterName.', examples: ['Ana Example'] }))
})
export type AiFields = Static<typeof AiFields>

/** What every rendition says of its picture: credits, rights, and where it came from. */
export const PictureRights = strict({
  creators: Type.Array(text(300), { maxItems: 100 }),
  suppliers: Type.Array(text(300), { maxItems: 100 }),
  creditLine: nullable(text(3000)),
  copyrightNotice: nullable(text(3000)),
  copyrightHolder: nullable(text(3000)),
  usageTerms: nullable(text(15_000)),
  webStatement: nullable(HttpUrl),
  licensor: nullable(strict({ name: nullable(text(300)), url: nullable(HttpUrl) })),
  digitalSourceType: nullable(text(200)),
  dataMining: nullable(DataMining),
  alt: nullable(text(2000)),
  ai: nullable(AiFields)
})
export type PictureRights = Static<typeof PictureRights>

const short = (most: number) => nullable(Type.String({ maxLength: most }))
const names = (most: number) => Type.Array(Type.String({ maxLength: 300 }), { maxItems: most })

/** What is proposed of a picture by what its file says. */
export const PictureProposal = strict(
  {
    credit: strict({
      creditLine: short(1000),
      creators: names(50),
      suppliers: names(50),
      copyrightNotice: short(1000),
      copyrightHolder: short(1000),
      licence: nullable(strict({ name: Type.String({ maxLength: 300 }), url: short(2000) })),
      usageTerms: short(5000),
      acquireLicensePage: short(2000),
      expiresAt: short(40),
      territories: nullable(names(300))
    }),
    caption: short(5000),
    alt: short(2000),
    longDescription: short(5000),
    headline: short(1000),
    title: short(1000),
    instructions: short(5000),
    people: names(100),
    organisations: names(100),
    keywords: names(500),
    location: strict({
      sublocation: short(300),
      city: short(300),
      state: short(300),
      country: short(300),
      countryCode: short(10)
    }),
    captured: nullable(
      strict({
        value: Type.String({
          description: 'As far as it is known, with its zone.',
          examples: ['2026-11-02']
        }),
        zone: nullable(Type.String({ description: 'The offset from UTC; null where nobody said.' })),
        instant: nullable(Type.String())
      })
    ),
    embargoUntil: short(40),
    digitalSourceType: short(200),
    webStatement: short(2000),
    licensor: short(300),
    dataMining: short(100),
    ai: strict({
      system: short(300),
      systemVersion: short(100),
      prompt: short(5000),
      promptWriter: short(300)
    })
  },
  { $id: 'PictureProposal', description: 'A media credit, and what else a record has, read from a file.' }
)
export type PictureProposal = Static<typeof PictureProposal>
