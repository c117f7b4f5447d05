// Requests to servers that others name: whatever the name of a server resolves to, only allowed addresses are connected to.
import { lookup } from 'node:dns'
import type { ClientRequest, RequestOptions } from 'node:http'
import type { LookupFunction } from 'node:net'
import { type Allows, hostOf } from './addresses.ts'

export interface Guard {
  allows: Allows
  /** The error for a host that leads elsewhere. */
  notPublic(host: string): Error
}

/** Opens a request, and destroys it with `notPublic` when its host leads to an address that is not allowed. */
export async function openGuarded(
  target: URL,
  options: RequestOptions,
  { allows, notPublic }: Guard
): Promise<ClientRequest> {
  // Imported where a module begins, node:http would load all of fetch at every start.
  const { request } = await import(target.protocol === 'https:' ? 'node:https' : 'node:http')
  const opened: ClientRequest = request(target, {
    ...options,
    agent: false,
    autoSelectFamily: true,
    lookup: checkedLookup({ allows, notPublic })
  })
  opened.once('socket', (socket) =>
    // Nothing has been sent before this event.
    socket.once('connect', () => {
      if (!allows(socket.remoteAddress!)) opened.destroy(notPublic(hostOf(target)))
    })
  )
  return opened
}

/** A DNS lookup whose checked addresses are the ones connected to (no DNS rebinding). */
const checkedLookup =
  ({ allows, notPublic }: Guard): LookupFunction =>
  (name, options, answer) =>
    lookup(name, { ...options, all: true }, (error, addresses = []) => {
      const isInternal = addresses.some(({ address }) => !allows(address))
      answer(isInternal ? notPublic(name) : error, addresses)
    })
