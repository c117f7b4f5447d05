// What one connection is asked in one turn of the event loop, sent together. The driver alone writes to its socket for each
// statement, and has the columns of each answer described anew: that took a third of the time of a publication.
import pg from 'pg'

export interface Statement {
  text: string
  /** The name that it is prepared by; without one it is parsed each time. */
  name?: string
}

export interface Answer {
  rows: unknown[][]
  /** What was done, and to how many rows: `INSERT 0 2`. */
  tag: string
}

type Parse = (text: string) => unknown

interface Asked {
  statement: Statement
  values: unknown[]
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** What the driver notes of a connection, but leaves out of its types. */
interface Connection extends pg.Connection {
  /** The texts of the statements that the server has prepared, by their names, and of those that are on their way. */
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
}

const connectionOf = (client: pg.Client) => (client as unknown as { connection: Connection }).connection

/** How the columns of statements that a connection has prepared are parsed, by their names. */
type Known = Map<string, Parse[]>

/** JSON stays text, which the column kit parses. */
const parserOf = ({ dataTypeID: oid }: pg.FieldDef): Parse =>
  oid === pg.types.builtins.JSON ? String : pg.types.getTypeParser(oid)

/** A value as a parameter: bytes as they are, everything else as its text. */
const parameterOf = (value: unknown) =>
  value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : String(value)

/**
 * Statements that the server is asked at once. It answers them in their order; where one fails it does none of those behind
 * it, which fail with the same error.
 */
class Batch extends pg.Query {
  readonly #asked: Asked[]
  readonly #known: Known
  #answered = 0
  #rows: unknown[][] = []
  #parsers: Parse[] | undefined
  /** Of the statement that is being answered: the driver notes by these what the server has prepared. */
  name = ''
  text = ''

  constructor(asked: Asked[], known: Known) {
    super(asked[0]!.statement.text)
    this.#asked = asked
    this.#known = known
    this.#expect(asked[0])
  }

  #expect(asked: Asked | undefined) {
    const { name = '', text = '' } = asked?.statement ?? {}
    this.name = name
    this.text = text
    this.#rows = []
    this.#parsers = undefined
  }

  override submit = (to: pg.Connection) => {
    const { parsedStatements, submittedNamedStatements } = to as Connection
    for (const { statement, values } of this.#asked) {
      const { name = '', text } = statement
      const isPrepared = name in parsedStatements || name in submittedNamedStatements
      if (!isPrepared) {
        to.parse({ name, text, types: [] }, true)
        to.describe({ type: 'S', name }, true)
        if (name !== '') submittedNamedStatements[name] = text
      }
      to.bind({ statement: name, values: values.map(parameterOf) }, true)
      to.execute(null, true)
    }
    to.sync()
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }) {
    this.#parsers = fields.map(parserOf)
    if (this.name !== '') this.#known.set(this.name, this.#parsers)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    // It may have been described for a batch before this one that was on its way with it.
    this.#parsers ??= this.#known.get(this.name)!
    const parsers = this.#parsers
    this.#rows.push(fields.map((text, i) => (text === null ? null : parsers[i]!(text))))
  }

  handleCommandComplete({ text: tag }: { text: string }) {
    this.#asked[this.#answered]!.resolve({ rows: this.#rows, tag })
    this.#answered++
    this.#expect(this.#asked[this.#answered])
  }

  handleError(error: unknown, { parsedStatements, submittedNamedStatements }: Connection) {
    for (const { statement, reject } of this.#asked.slice(this.#answered)) {
      const { name = '' } = statement
      if (!(name in parsedStatements)) delete submittedNamedStatements[name]
      reject(error)
    }
  }

  /** All of it has been told before. */
  handleReadyForQuery() {}
}

export type Pipeline = ReturnType<typeof pipelineOf>

/**
 * Asks a connection. `isTransaction` tells that it is asked inside transactions only, in which a statement that fails takes
 * those behind it along anyhow.
 */
export function pipelineOf(client: pg.Client, isTransaction: boolean) {
  const known: Known = new Map()
  let waiting: (Asked | (() => void))[] = []

  /** Sends what waits, in its order. */
  function send() {
    const all = waiting
    waiting = []
    const { stream } = connectionOf(client)
    let batch: Asked[] = []
    const sendBatch = () => {
      if (batch.length > 0) client.query(new Batch(batch, known))
      batch = []
    }
    stream.cork()
    for (const one of all) {
      if (typeof one === 'function' || !isTransaction) sendBatch()
      if (typeof one === 'function') one()
      else batch.push(one)
    }
    sendBatch()
    stream.uncork()
  }

  function add(one: (typeof waiting)[number]) {
    // After all that follows at once from what has just happened.
    if (waiting.length === 0) process.nextTick(send)
    waiting.push(one)
  }

  return {
    ask: (statement: Statement, values: unknown[]): Promise<Answer> =>
      new Promise((resolve, reject) => add({ statement, values, resolve, reject })),
    /** Runs several statements without parameters. */
    script: (text: string): Promise<pg.QueryResult[]> =>
      new Promise((resolve, reject) =>
        // The types of the driver know of one result only.
        add(() => client.query(text).then((results) => resolve([results].flat()), reject))
      )
  }
}
