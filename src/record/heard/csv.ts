// A report as CSV (RFC 4180), which spreadsheets open.
import type { SourceReport } from './schema.ts'

/** What a spreadsheet takes as the beginning of a formula (CWE-1236), in full width too. */
const formula = /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/u

/** A cell: quoted where it has to be; a text that could be a formula gets an apostrophe before it. */
export function cell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value ?? '')
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

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
export const csv = ({ sources }: SourceReport) =>
  [columns.join(','), ...sources.map((source) => columns.map((name) => cell(source[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('')
