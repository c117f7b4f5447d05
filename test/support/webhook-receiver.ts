// Receivers of webhooks, and what the tests of them share.
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { Delivery } from '../../src/changes/deliveries/schema.ts'
import type { Change } from '../../src/changes/log/schema.ts'
import type { IssuedWebhook, Webhook } from '../../src/changes/webhooks/schema.ts'
import type { Client } from './app.ts'

export interface Received {
  id: string
  path: string
  headers: Record<string, string>
  body: string
  message: { type: string; timestamp: string; data: Change }
}
export type Behaviour = (response: http.ServerResponse, received: Received, earlier: number) => void

export const ok: Behaviour = (response) => response.writeHead(204).end()
export const status =
  (code: number, headers = {}): Behaviour =>
  (response) =>
    response.writeHead(code, headers).end()

/** A server that keeps what it was sent, and does with it what the test says. */
export async function receiver(t: Test, behave: Behaviour = ok) {
  const received: Received[] = []
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const headers = request.headers as Record<string, string>
    const one = { id: headers['webhook-id']!, path: request.url!, headers, body, message: JSON.parse(body) }
    const earlier = received.filter(({ id }) => id === one.id).length
    received.push(one)
    box.behave(response, one, earlier)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const box = { received, behave, port, url: `http://127.0.0.1:${port}/hook` }
  return box
}

export const allowed = { config: { ONRECORD_WEBHOOK_PRIVATE: 'allow' } }

/** A clock that a test moves. */
export function clockwork() {
  let ahead = 0
  return {
    clock: () => new Date(Date.now() + ahead),
    forward: (ms: number) => {
      ahead += ms
    }
  }
}
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const subscribe = async ({ post }: Client, url: string, events: string[] = ['source.created']) =>
  (await post('/v1/webhooks', { url, events })).json<IssuedWebhook>()

export const source = ({ post }: Client, name = 'Mara') => post('/v1/sources', { kind: 'person', name })

export const webhook = async ({ get }: Client, id: string) =>
  (await get(`/v1/webhooks/${id}`)).json<Webhook>()

export const deliveries = async ({ get }: Client, id: string, query = '?limit=100') =>
  (await get(`/v1/webhooks/${id}/deliveries${query}`)).json<{ data: Delivery[]; next: string | null }>().data

export const settled = async (client: Client, id: string) =>
  (await deliveries(client, id)).every(({ status }) => status !== 'pending')

/**
 * Whether nothing of a webhook is under way at the time of a clock: each delivery is settled, waits for an earlier one,
 * or has failed and waits for its time. One that is being sent is due when its lease ends, a minute after it was claimed.
 */
export const atRest = async (client: Client, id: string, clock: () => Date) =>
  (await deliveries(client, id)).every(
    ({ status, lastAt, nextAt }) =>
      status !== 'pending' ||
      nextAt === null ||
      (nextAt > clock().toISOString() && Date.parse(nextAt) - Date.parse(lastAt ?? nextAt) !== minute)
  )
