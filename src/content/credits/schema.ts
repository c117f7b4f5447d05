import { type Static, Type } from 'typebox'
import {
  deskFields,
  filterValues,
  HttpUrl,
  Instant,
  id,
  listQuery,
  nullable,
  optionalNullable,
  sharedField,
  strict,
  text
} from '../../http/schemas.ts'
import { purposesOf, termFields } from './licences/schema.ts'

const creditLine = text(1000, { description: 'As displayed.', examples: ['Ana Example/Example Agency'] })
const names = Type.Array(text(300, { examples: ['Ana Example'] }), { maxItems: 50 })
const notice = text(1000, { examples: ['Copyright 2026 Example Agency'] })
const licence = strict({ name: text(300), url: optionalNullable(HttpUrl) })
const territories = Type.Array(text(100), { maxItems: 300 })

const example = {
  creditLine: 'Photo by Ana Example/Harbour Wire/Coast Images',
  creators: ['Ana Example'],
  suppliers: ['Harbour Wire', 'Coast Images'],
  licence: { name: 'Editorial use only' }
}

/** Input fields of a credit, also within a whole story. */
export const creditInput = {
  creditLine,
  creators: Type.Optional(names),
  suppliers: Type.Optional(names),
  copyrightNotice: optionalNullable(notice),
  copyrightHolder: optionalNullable(notice),
  licence: optionalNullable(licence),
  usageTerms: optionalNullable(text(5000)),
  acquireLicensePage: optionalNullable(HttpUrl),
  expiresAt: optionalNullable(Instant),
  territories: optionalNullable(territories),
  ...termFields
}

export const NewMediaCredit = strict(creditInput, { $id: 'NewMediaCredit', examples: [example] })
export type NewMediaCredit = Static<typeof NewMediaCredit>

const fields = {
  id: id('crd'),
  mediaId: id('med'),
  creditLine,
  creators: Type.Array(text(300), { maxItems: 50, description: 'Who made it.' }),
  suppliers: Type.Array(text(300), {
    maxItems: 50,
    description: 'Who supplied it, nearest the maker first.'
  }),
  copyrightNotice: nullable(notice),
  copyrightHolder: nullable(notice),
  licence: nullable(licence),
  usageTerms: nullable(text(5000)),
  acquireLicensePage: nullable(HttpUrl),
  expiresAt: nullable(Instant),
  territories: nullable(territories)
}
export const MediaCredit = strict(fields, {
  $id: 'MediaCredit',
  description: 'Who made a media file, who supplied it, and under which rights.'
})
export type MediaCredit = Static<typeof MediaCredit>

export const DraftMediaCredit = strict(
  {
    ...fields,
    purposes: nullable(purposesOf('What it may be used for; null for everything.')),
    maxUses: nullable(
      Type.Integer({ minimum: 1, description: 'In how many articles; null for any.', examples: [1] })
    ),
    approvalBy: nullable(text(300, { description: 'Who has to approve it.', examples: ['Edda Sorring'] })),
    approval: nullable(
      strict(
        { by: text(300, { description: 'Who did.', examples: ['Edda Sorring'] }), at: Instant },
        { description: 'That it was approved.' }
      )
    ),
    ...deskFields,
    ...sharedField
  },
  { $id: 'DraftMediaCredit' }
)
export type DraftMediaCredit = Static<typeof DraftMediaCredit>

export const CreditFilters = listQuery({
  creator: filterValues(text(300)),
  supplier: filterValues(text(300)),
  licence: filterValues(text(300, { examples: ['CC BY 4.0'] })),
  media: filterValues(id('med')),
  article: filterValues(id('art')),
  'expiresAt.lt': Type.Optional(Instant)
})
export type CreditFilters = Static<typeof CreditFilters>
