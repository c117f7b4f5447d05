// What a run has found, and what it has seen.
import type { Answer } from './contract.ts'
import type { Operation } from './document.ts'
import { curl, type Request } from './requests.ts'

/** Something that does not hold. */
export interface Finding {
  /** What should hold. */
  oracle: string
  operation: string
  /** What had been done to a request that ought to succeed. */
  twist: string
  expected: string
  request: Request
  role: string | null
  answer: Answer
}

interface Row {
  sent: number
  statuses: Map<number, number>
}

export interface Report {
  found: Map<string, { finding: Finding; times: number }>
  rows: Map<string, Row>
  /** How many requests were sent, of every kind. */
  sent: number
  /** How many of them may have written. */
  writes: number
}

export const newReport = (operations: Operation[]): Report => ({
  found: new Map(),
  rows: new Map(operations.map(({ name }) => [name, { sent: 0, statuses: new Map() }])),
  sent: 0,
  writes: 0
})

export function count({ rows }: Report, { name }: Operation, status: number) {
  const row = rows.get(name)!
  row.sent += 1
  row.statuses.set(status, (row.statuses.get(status) ?? 0) + 1)
}

/** Whether an operation has succeeded. */
export const succeeded = ({ rows }: Report, name: string) =>
  [...rows.get(name)!.statuses.keys()].some((status) => status >= 200 && status < 300)

/** Adds what was found, once for each operation and status. Answers whether it is new. */
export function add({ found }: Report, finding: Finding): boolean {
  const key = `${finding.oracle} | ${finding.operation} | ${finding.answer.status}`
  const before = found.get(key)
  found.set(key, { finding: before?.finding ?? finding, times: (before?.times ?? 0) + 1 })
  return before === undefined
}

/** The finding, for a person: what was expected, what came, and a line that asks again. */
export function told(
  { oracle, operation, twist, expected, request, role, answer }: Finding,
  address: string
): string {
  return [
    `${operation}${twist && ` (${twist})`}: ${oracle}`,
    `  expected ${expected}`,
    `  answered ${answer.status} ${JSON.stringify(answer.body.slice(0, 400))}`,
    `  ${curl(address, request, role).slice(0, 6000)}`
  ].join('\n')
}

/** A line for each operation: how often it was asked, and what it answered. */
export function table({ rows }: Report): string {
  const width = Math.max(...[...rows.keys()].map((name) => name.length))
  return [...rows]
    .map(([name, { sent, statuses }]) => {
      const seen = [...statuses].sort(([one], [other]) => one - other)
      return `${name.padEnd(width)} ${String(sent).padStart(6)}  ${seen.map(([status, times]) => `${status}:${times}`).join(' ')}`
    })
    .join('\n')
}

/** What is the operator's on PostgreSQL: the service makes neither backups nor exports there, and answers 409. */
export const operators = [
  'createBackup',
  'getBackup',
  'deleteBackup',
  'createExport',
  'getExport',
  'deleteExport'
]

/** The operations that were asked and never answered 2xx, but these: nothing is known of how they work. */
export const unproved = (report: Report, refused: string[] = []) =>
  [...report.rows].flatMap(([name, { sent }]) =>
    sent > 0 && !succeeded(report, name) && !refused.includes(name) ? [name] : []
  )
