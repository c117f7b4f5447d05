// Tables as CSV (RFC 4180), which spreadsheets open.

type Value = string | number | boolean | null

/** What a spreadsheet takes as the beginning of a formula (CWE-1236), in full width too. */
const formula = /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/u

/** A cell: quoted where it has to be; a text that could be a formula gets an apostrophe before it. */
function cell(value: Value): string {
  if (typeof value !== 'string') return String(value ?? '')
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table with the names of its columns as the first line. */
export const csvTable = <Name extends string>(columns: readonly Name[], rows: Record<Name, Value>[]) =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('')
