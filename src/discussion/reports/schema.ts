import { type Static, Type } from 'typebox'
import {
  choice,
  Instant,
  id,
  nullable,
  optionalNullable,
  pageQuery,
  strict,
  text
} from '../../http/schemas.ts'
import { key } from '../comments/schema.ts'

const reason = choice(['spam', 'abuse', 'off_topic', 'illegal', 'other'])
const detail = text(1000, { description: 'For the moderators.', examples: ['It gives a home address.'] })

export const NewReport = strict(
  { reason, detail: optionalNullable(detail), key: Type.Optional(key) },
  { $id: 'NewReport', examples: [{ reason: 'abuse', detail: 'It gives a home address.' }] }
)
export type NewReport = Static<typeof NewReport>

export const CommentReport = strict(
  { id: id('rep'), reason, detail: nullable(detail), at: Instant },
  { $id: 'CommentReport', description: 'What a reader reported. Who it was, nobody is told.' }
)
export type CommentReport = Static<typeof CommentReport>

export const ReportQuery = pageQuery()
export type ReportQuery = Static<typeof ReportQuery>
