// What is missing in a database of PostgreSQL of what was acknowledged, by a connection of its own.
import pg from 'pg'
import { deedOf, found } from './checker.ts'
import type { Known, Model, State } from './model.ts'

/** Numbers and truths as SQLite has them: 64-bit numbers come as texts. */
const plain = (value: unknown) =>
  typeof value === 'boolean' || /^\d+$/.test(String(value)) ? Number(value) : (value as string | null)

/** What was acknowledged and is not there, in sentences. The model takes over what it did not know. */
export async function missingOf(url: string, model: Model): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read')
    const states = new Map<Known, State | null>()
    for (const known of model.records.values()) states.set(known, await stateOf(client, known))
    const { rows } = await client.query<Model['deeds'][number]>(
      'select kind, id, action, version::float8 as version from changes'
    )
    const told = new Set(rows.flatMap((row) => [deedOf(row), deedOf({ ...row, version: null })]))
    const faults = [
      ...[...states].flatMap(([known, now]) => otherThan(known, now)),
      ...model.deeds
        .filter((deed) => !told.has(deedOf(deed)))
        .map((deed) => `the change log lacks: ${deedOf(deed)}`)
    ]
    model.settle((known) => states.get(known) ?? null)
    return faults
  } finally {
    await client.end()
  }
}

async function stateOf(client: pg.Client, { kind, id }: Known): Promise<State | null> {
  const { rows } = await client.query<Record<string, unknown>>({
    name: kind,
    text: found[kind].replace('?', '$1'),
    values: [id]
  })
  if (!rows[0]) return null
  return Object.fromEntries(Object.entries(rows[0]).map(([name, value]) => [name, plain(value)]))
}

function otherThan(known: Known, now: State | null): string[] {
  const may = [known.is, ...(known.maybe === undefined ? [] : [known.maybe])].map((one) =>
    JSON.stringify(one)
  )
  if (may.includes(JSON.stringify(now))) return []
  return [
    `the ${known.kind} ${known.id} is ${JSON.stringify(now)}; acknowledged was ${may.join(', or perhaps ')}`
  ]
}
