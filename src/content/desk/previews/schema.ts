import { type Static, Type } from 'typebox'
import { Instant, id, nullable, optionalNullable, strict, text } from '../../../http/schemas.ts'

/** For how many days a preview link may hold. */
export const maxDays = 7

const note = text(300, { description: 'What it is for.', examples: ['For the lawyer.'] })

export const NewPreview = strict(
  {
    expiresAt: optionalNullable({
      ...Instant,
      description: 'When it ends: within 7 days, which is the default.'
    }),
    note: optionalNullable(note)
  },
  { $id: 'NewPreview', examples: [{ note: 'For the lawyer.' }] }
)
export type NewPreview = Static<typeof NewPreview>

const fields = {
  id: id('prv'),
  articleId: id('art'),
  note: nullable(note),
  createdAt: Instant,
  createdBy: Type.String({ description: 'Who made it.', examples: ['The night desk'] }),
  expiresAt: { ...Instant, description: 'When it ends.' }
}

export const Preview = strict(fields, {
  $id: 'Preview',
  description: 'A link by which one draft can be read without a token. Its key is told once, when it is made.'
})
export type Preview = Static<typeof Preview>

export const IssuedPreview = strict(
  {
    ...fields,
    key: Type.String({
      description:
        'What is sent in `Preview-Key` to read the draft; only its hash is kept. Pages get it behind a `#`, which browsers send to no server.',
      examples: ['onp_2kYh0S0lq0mYtq7b1n9cQJ0z3a5pXw8vR6dTg4uEfHs']
    })
  },
  { $id: 'IssuedPreview', description: 'A new preview link, with its key.' }
)
export type IssuedPreview = Static<typeof IssuedPreview>

export const previewSchemas = [NewPreview, Preview, IssuedPreview]
