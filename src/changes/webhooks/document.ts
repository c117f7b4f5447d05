// The `webhooks` section of the OpenAPI document.
import { eventNames } from '../log/events.ts'

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  example,
  schema: { type: 'string' as const }
})

const parameters = [
  header('webhook-id', 'The delivery: the same each time it is tried.', 'dlv_01k9v3w8zhe5ra4gxm7y2bqd6c'),
  header('webhook-timestamp', 'When it was tried, in seconds since 1970.', '1793608200'),
  header(
    'webhook-signature',
    'A `v1` signature for each secret that holds, with spaces between them.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4='
  )
]

const responses = {
  '2XX': {
    description:
      'It has been taken. Any other answer is a failure: it is tried again, for a day; 410 disables the webhook. Redirects are not followed.'
  }
}

const requestBody = {
  required: true,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/WebhookEvent' } } }
}

/** The request of every event: they differ only in what their `type` and `data` say. */
const event = {
  post: {
    operationId: 'receiveEvent',
    tags: ['webhooks'],
    summary: 'Something happened that the webhook is told of.',
    security: [],
    parameters,
    requestBody,
    responses
  }
}

/** The webhooks by the names of their events, and the one path item that all of them have (OpenAPI 3.1, 4.8.7). */
export const requests = {
  webhooks: Object.fromEntries(eventNames.map((name) => [name, { $ref: '#/components/pathItems/Event' }])),
  pathItems: { Event: event }
}
