// Looks into the database file itself, on a connection of its own that only reads: is everything there that was
// acknowledged, and is everything that is there whole?
import type Sqlite from 'better-sqlite3'
import { connect } from '../src/storage/sqlite/opening/connection.ts'
import type { Known, Model, State } from './model.ts'
import { newsstand } from './newsstand.ts'
import type { Parts } from './stories.ts'

type Connection = InstanceType<typeof Sqlite>

/** How each kind of record is found, as far as the model knows it. */
export const found: Record<Known['kind'], string> = {
  // What was deleted lies in the trash: to everybody but the trash it is gone.
  article: `select version, status, edition, title from articles a
    where id = ? and not exists (select 1 from trash where article_id = a.id)`,
  comment: 'select version, status from comments where id = ?',
  correction: 'select version from corrections where id = ?',
  token: 'select revoked_at is not null as revoked from tokens where id = ?',
  source: 'select version, name from sources where id = ?'
}

/** Everything that is wrong in a file, in sentences. The model takes over what it did not know. */
export function check(file: string, model: Model): string[] {
  const connection = connect(file, true)
  try {
    // One snapshot: whoever serves the file may write meanwhile.
    connection.exec('begin')
    return [
      ...sound(connection),
      ...acknowledged(connection, model),
      ...logged(connection, model),
      ...whole(connection),
      ...newsstand(connection)
    ]
  } finally {
    connection.close()
  }
}

function sound(connection: Connection): string[] {
  const faults = connection.pragma('integrity_check') as { integrity_check: string }[]
  const dangling = connection.pragma('foreign_key_check') as { table: string }[]
  return [
    ...faults
      .map(({ integrity_check: fault }) => fault)
      .filter((fault) => fault !== 'ok')
      .map((fault) => `integrity_check: ${fault}`),
    ...dangling.map(({ table }) => `foreign_key_check: a row of ${table} refers to nothing`)
  ]
}

/** What was acknowledged is as it was left; only what was never answered may be one step further. */
function acknowledged(connection: Connection, model: Model): string[] {
  const statements = Object.fromEntries(
    Object.entries(found).map(([kind, query]) => [kind, connection.prepare(query)])
  )
  const actual = ({ kind, id }: Known) => (statements[kind]!.get(id) as State | undefined) ?? null
  const faults = [...model.records.values()].flatMap((known) => {
    const now = JSON.stringify(actual(known))
    const may = [known.is, ...(known.maybe === undefined ? [] : [known.maybe])].map((state) =>
      JSON.stringify(state)
    )
    if (may.includes(now)) return []
    return [`the ${known.kind} ${known.id} is ${now}; acknowledged was ${may.join(', or perhaps ')}`]
  })
  model.settle(actual)
  return faults
}

/** The change log has no gap, tells every acknowledged deed, and knows the version of every record. */
function logged(connection: Connection, model: Model): string[] {
  const rows = connection
    .prepare('select seq, kind, id, action, version from changes order by seq')
    .all() as {
    seq: number
    kind: string
    id: string
    action: string
    version: number | null
  }[]
  const gaps = rows.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [`change ${i + 1} is missing`])).slice(0, 1)
  const told = new Set(rows.flatMap((row) => [deedOf(row), deedOf({ ...row, version: null })]))
  const lost = model.deeds
    .filter((deed) => !told.has(deedOf(deed)))
    .map((deed) => `the change log lacks: ${deedOf(deed)}`)
  const versions = new Map(rows.map(({ kind, id, version }) => [`${kind} ${id}`, version]))
  const records = Object.entries(versioned).flatMap(([kind, table]) =>
    connection
      .prepare<[], { id: string; version: number }>(
        kind === 'article'
          ? `select id, version from ${table} where id not in (select article_id from trash)`
          : `select id, version from ${table}`
      )
      .all()
      .flatMap(({ id, version }) => {
        const last = versions.get(`${kind} ${id}`)
        return last === version
          ? []
          : [`the ${kind} ${id} has version ${version}; the change log says ${last}`]
      })
  )
  return [...gaps, ...lost, ...records]
}

export const deedOf = ({ kind, id, action, version }: Model['deeds'][number]) =>
  `${action} ${kind} ${id}${version === null ? '' : ` version ${version}`}`

const versioned = {
  article: 'articles',
  quote: 'quotes',
  attribution: 'attributions',
  source: 'sources',
  media: 'media',
  credit: 'media_credits',
  correction: 'corrections',
  comment: 'comments'
}

/** How the parts of an article are counted. */
const counted: Record<Exclude<keyof Parts, 'batch' | 'of'>, string> = {
  quotes: 'from quotes where article_id = a.id',
  attributions: 'from attributions where article_id = a.id',
  hops: 'from hops join attributions t on t.id = attribution_id where t.article_id = a.id',
  tags: 'from article_tags where article_id = a.id',
  bylines: 'from article_bylines where article_id = a.id',
  media: 'from article_media where article_id = a.id',
  credits: 'from media_credits c join article_media m on m.media_id = c.media_id where m.article_id = a.id'
}

/** Every story, acknowledged or not, has all its parts, and every batch all its stories. */
function whole(connection: Connection): string[] {
  const counts = Object.entries(counted).map(([part, from]) => `(select count(*) ${from}) as ${part}`)
  const articles = connection.prepare(`select a.id, a.extra, ${counts} from articles a`).all() as (Record<
    string,
    unknown
  > & { id: string; extra: string })[]
  const batches = new Map<string, { of: number; are: number }>()
  const halves = articles.flatMap(({ id, extra, ...parts }) => {
    const { batch, of = 0, ...sent } = (JSON.parse(extra) as { parts: Parts }).parts
    if (batch) batches.set(batch, { of, are: (batches.get(batch)?.are ?? 0) + 1 })
    return Object.entries(sent).flatMap(([part, number]) =>
      parts[part] === number ? [] : [`the article ${id} has ${parts[part]} of ${number} ${part}`]
    )
  })
  const sources = Map.groupBy(
    connection.prepare<[], string>('select name from sources').pluck().all(),
    (name) => name
  )
  const torn = [...batches].flatMap(([batch, { of, are }]) => [
    ...(are === of ? [] : [`the batch ${batch} has ${are} of ${of} stories`]),
    ...(sources.get(batch)?.length === 1 ? [] : [`the batch ${batch} has no source`])
  ])
  return [...halves, ...torn]
}
