import { type Static, Type } from 'typebox'
import { choice, Instant, nullable, strict } from '../../http/schemas.ts'

const value = (description: string, example: string) =>
  nullable(Type.String({ description, examples: [example] }))

export const ContentCredentials = strict(
  {
    state: choice(['trusted', 'valid', 'invalid'], {
      description:
        '`valid`: it is as it was signed; `trusted`: by somebody whom this newsroom trusts (ONRECORD_C2PA_ANCHORS); `invalid`: it was changed since, or its signature does not hold.',
      examples: ['valid']
    }),
    signer: value('Who signed it, by the certificate.', 'Example Camera'),
    issuer: value('Whose certificate it is.', 'Harbour Wire'),
    signedAt: nullable({ ...Instant, description: 'When it was signed; null without a time stamp.' }),
    software: value('What it was signed with.', 'example 1'),
    digitalSourceType: value('How it came about, by its manifests.', 'digitalCapture'),
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
