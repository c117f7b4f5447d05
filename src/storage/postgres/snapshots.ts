// Reads of one moment. On PostgreSQL each statement sees the last commit before it; several that make up one answer would see
// several states, and the answer one that never was. Here they run in one transaction (repeatable read), on a connection of
// its own, which whoever reads inside it need not know.
import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'
import { type Pipeline, pipelineOf } from './connections/pipeline.ts'
import { isOfConnection, translated } from './errors.ts'
import type { Run } from './session.ts'

/** How many snapshots there are at a time; others wait. */
const maxConnections = 6

/** A handler may think for longer between two reads than a writer may. */
const begin =
  "set idle_in_transaction_session_timeout = '60s'; begin isolation level repeatable read read only"

interface Connection {
  client: pg.Client
  pipeline: Pipeline
}

/** Connections that one has at a time. */
function exclusive(connect: () => Promise<pg.Client>) {
  let idle: Connection[] = []
  let taken = 0
  const waiting: (() => void)[] = []

  return {
    async take(): Promise<Connection> {
      if (taken < maxConnections) taken++
      else await new Promise<void>((go) => waiting.push(go))
      const known = idle.pop()
      if (known) return known
      try {
        const client = await connect()
        const made = { client, pipeline: pipelineOf(client, true) }
        client.on('error', () => {
          idle = idle.filter((one) => one !== made)
        })
        return made
      } catch (error) {
        this.give(undefined)
        throw error
      }
    },
    /** Gives one back; none where it broke. */
    give(connection: Connection | undefined) {
      if (connection) idle.push(connection)
      const next = waiting.shift()
      if (next) next()
      else taken--
    },
    close: () => Promise.all(idle.map(({ client }) => client.end()))
  }
}

type Connections = ReturnType<typeof exclusive>

/** Reads of one moment; what is read outside of one, and after its end, goes to `otherwise`. */
export function snapshots(connect: () => Promise<pg.Client>, otherwise: Run) {
  const current = new AsyncLocalStorage<Run | undefined>()
  // One inside another has connections of its own, so that none waits for one that waits for it.
  const [outer, inner] = [exclusive(connect), exclusive(connect)]

  /** A snapshot that begins with its first statement. */
  function opened(pool: Connections) {
    let taken: Promise<Connection> | undefined
    let isOver = false
    let isBroken = false

    async function begun(): Promise<Connection> {
      const connection = await pool.take()
      // Its answer need not be waited for: statements are done in their order.
      connection.pipeline.script(begin).catch(() => {})
      return connection
    }

    const run: Run = async (statement, values = [], isRead) => {
      if (isOver) return otherwise(statement, values, isRead)
      taken ??= begun()
      const { pipeline } = await taken
      return pipeline.ask(statement, values).catch((error) => {
        if (isOfConnection(error)) isBroken = true
        throw translated(error)
      })
    }

    async function end() {
      if (isOver) return
      isOver = true
      const connection = await taken?.catch(() => undefined)
      if (connection === undefined) return
      await connection.pipeline.script('commit').catch(() => {
        isBroken = true
      })
      pool.give(isBroken ? undefined : connection)
    }
    return { run, end }
  }

  return {
    /** Whether what is read now is of one moment. */
    isInside: () => current.getStore() !== undefined,
    run: ((...statement) => (current.getStore() ?? otherwise)(...statement)) as Run,
    /** Runs `work`, whose reads see the state of its first one, until it is done or calls `end`. */
    async snapshot<T>(work: (end: () => void) => Promise<T>): Promise<T> {
      const { run, end } = opened(current.getStore() === undefined ? outer : inner)
      try {
        return await current.run(run, () => work(() => void end()))
      } finally {
        void end()
      }
    },
    close: () => Promise.all([outer.close(), inner.close()])
  }
}
