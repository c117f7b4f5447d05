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
