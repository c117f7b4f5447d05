import { type Static, Type } from 'typebox'
import { choice, HttpUrl, Instant, nullable, strict, text } from '../../http/schemas.ts'

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

const value = (max: number, description: string, example: string) =>
  nullable(Type.String({ maxLength: max, description, examples: [example] }))
const names = (max: number, description: string, example: string) =>
  Type.Array(Type.String({ maxLength: 300 }), { maxItems: max, description, examples: [[example]] })
const instant = (description: string) => value(40, description, '2027-01-31T23:59:59.999Z')

/** What is proposed of a picture by what its file says. */
export const PictureProposal = strict(
  {
    credit: strict(
      {
        creditLine: value(1000, 'As displayed.', 'Ana Example/Harbour Wire'),
        creators: names(50, 'Who made it.', 'Ana Example'),
        suppliers: names(50, 'Who supplied it.', 'Harbour Wire'),
        copyrightNotice: value(1000, 'The copyright notice.', 'Copyright 2026 Harbour Wire'),
        copyrightHolder: value(1000, 'Whose copyright it is.', 'Harbour Wire'),
        licence: nullable(
          strict(
            {
              name: Type.String({ maxLength: 300 }),
              url: value(2000, 'Its text.', 'https://creativecommons.org/licenses/by/4.0/')
            },
            { description: 'The licence.' }
          )
        ),
        usageTerms: value(5000, 'What has to be kept.', 'Not for advertising.'),
        acquireLicensePage: value(2000, 'Where a licence can be had.', 'https://wire.example/licence'),
        expiresAt: instant('When the right ends.'),
        territories: nullable(names(300, 'Where it may be shown.', 'Norway'))
      },
      { description: 'A media credit. Without a credit line it is none.' }
    ),
    caption: value(5000, 'What is seen.', 'The late ferry.'),
    alt: value(2000, 'What those are told who cannot see it.', 'A ferry at dusk.'),
    longDescription: value(5000, 'The same at length.', 'A small ferry at dusk, its windows lit.'),
    headline: value(1000, 'The headline.', 'Late ferry'),
    title: value(1000, 'Its title or file name.', 'ferry-4711'),
    instructions: value(5000, 'To editors.', 'Hold until Friday.'),
    people: names(100, 'Who is shown.', 'Mara Lindqvist'),
    organisations: names(100, 'Which organizations are shown.', 'Harbour Board'),
    keywords: names(500, 'What it is about.', 'ferry'),
    location: strict(
      {
        sublocation: value(300, 'A place within the city.', 'Ferry quay'),
        city: value(300, 'The city.', 'Port Aldis'),
        state: value(300, 'The state or province.', 'Aldis Coast'),
        country: value(300, 'The country.', 'Norway'),
        countryCode: value(10, 'Its code.', 'NO')
      },
      { description: 'What place is shown.' }
    ),
    captured: nullable(
      strict(
        {
          value: Type.String({ description: 'As far as it is known.', examples: ['2026-11-02'] }),
          zone: value(6, 'The offset from UTC; null where nobody said.', '+01:00'),
          instant: instant('The instant; null where the zone is not known.')
        },
        { description: 'When it was taken.' }
      )
    ),
    embargoUntil: instant('When it may be published.'),
    digitalSourceType: value(200, 'A term of IPTC Digital Source Type.', 'digitalCapture'),
    webStatement: value(2000, 'Where its rights are told.', 'https://wire.example/rights'),
    licensor: value(300, 'Who gives licences.', 'Harbour Wire'),
    dataMining: value(100, 'A term of PLUS (DMI).', 'PROHIBITED'),
    ai: { ...AiFields, description: 'How it was generated (IPTC 2025.1).' }
  },
  { $id: 'PictureProposal', description: 'A media credit, and what else a record has, read from a file.' }
)
export type PictureProposal = Static<typeof PictureProposal>

export const ContentCredentials = strict(
  {
    state: choice(['trusted', 'valid', 'invalid'], {
      description:
        '`valid`: it is as it was signed; `trusted`: by somebody whom this newsroom trusts (ONRECORD_C2PA_ANCHORS); `invalid`: it was changed since, or its signature does not hold.',
      examples: ['valid']
    }),
    signer: value(1000, 'Who signed it, by the certificate.', 'Example Camera'),
    issuer: value(1000, 'Whose certificate it is.', 'Harbour Wire'),
    signedAt: nullable({ ...Instant, description: 'When it was signed; null without a time stamp.' }),
    software: value(1000, 'What it was signed with.', 'example 1'),
    digitalSourceType: value(1000, 'How it came about, by its manifests.', 'digitalCapture'),
    problems: Type.Array(Type.String(), {
      description: 'Codes of C2PA for what does not hold.',
      examples: [['signingCredential.untrusted']]
    })
  },
  {
    $id: 'ContentCredentials',
    description: 'What the file that was sent says of itself by a signature (C2PA), checked when it was sent.'
  }
)
export type ContentCredentials = Static<typeof ContentCredentials>

/** Whether a term of the IPTC Digital Source Type vocabulary says that a model made it, or a part of it. */
export const isGenerated = (term: string) => /trainedAlgorithmicMedia$/i.test(term)
