// All connections of a process to its database.
import type pg from 'pg'
import type { Address } from './address.ts'
import { connectToPrimary, cut, timelineOf } from './connect.ts'

export type Connections = ReturnType<typeof connectionsTo>

export function connectionsTo(address: Address) {
  const all = new Set<pg.Client>()

  return {
    async connect(): Promise<pg.Client> {
      const client = await connectToPrimary(address)
      all.add(client)
      client.once('end', () => all.delete(client))
      return client
    },
    /**
     * Ends the connections to servers of another history than this one, or all: who is gone without a word may never answer,
     * and whoever waits for it is told to come again.
     */
    cutOthers(timeline?: string) {
      for (const client of all) if (timelineOf(client) !== timeline) cut(client)
    }
  }
}
