// The connections that are read by. Each statement sees the last commit before it.
import type pg from 'pg'
import { type Pipeline, pipelineOf } from './connections/pipeline.ts'
import { isOfConnection, translated } from './errors.ts'
import type { Run } from './session.ts'

/** How many connections a process reads by. */
const maxConnections = 6

interface Connection {
  client: pg.Client
  pipeline: Pipeline
  /** How many statements it has not answered yet. */
  pending: number
}

/** Connections that are made as they are needed, and dropped when they fail. */
export function readers(connect: () => Promise<pg.Client>) {
  let all: Connection[] = []
  let connecting: Promise<Connection> | undefined
  let closed = false

  async function added(): Promise<Connection> {
    const client = await connect()
    const connection = { client, pipeline: pipelineOf(client, false), pending: 0 }
    client.on('error', () => drop(connection))
    all.push(connection)
    return connection
  }

  function add(): Promise<Connection> {
    connecting ??= added().finally(() => {
      connecting = undefined
    })
    return connecting
  }

  function drop(connection: Connection) {
    all = all.filter((one) => one !== connection)
  }

  /** The one with the least to do; where all have something to do, another is made for later. */
  function leastBusy(): Connection | Promise<Connection> {
    let least = all[0]
    if (least === undefined) return add()
    for (const one of all) if (one.pending < least.pending) least = one
    if (least.pending > 0 && all.length < maxConnections && !closed) add().catch(() => {})
    return least
  }

  const run: Run = async (statement, values = []) => {
    const connection = await leastBusy()
    connection.pending++
    const answered = () => {
      connection.pending--
    }
    const answer = connection.pipeline.ask(statement, values)
    answer.then(answered, answered)
    return answer.catch((error) => {
      if (isOfConnection(error)) drop(connection)
      throw translated(error)
    })
  }

  return {
    run,
    async close() {
      closed = true
      await connecting?.catch(() => {})
      await Promise.all(all.map(({ client }) => client.end()))
    }
  }
}
