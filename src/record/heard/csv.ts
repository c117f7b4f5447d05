// A report as CSV.
import { csvTable } from '../../storage/text/csv-text.ts'
import type { SourceReport } from './schema.ts'

const columns = [
  'id',
  'name',
  'kind',
  'role',
  'affiliation',
  'firstTime',
  'articles',
  'quotes',
  'direct',
  'claims',
  'words'
] as const

/** The sources of a report, one a row. */
export const csv = ({ sources }: SourceReport) => csvTable(columns, sources)
