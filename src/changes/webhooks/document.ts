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

function requestFor(event: string) {
  const [kind, past] = event.split('.')
  const operationId = event.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase())
  return {
    post: {
      operationId: `${operationId}Event`,
      tags: ['webhooks'],
      summary: `${kind}: ${past}.`,
      security: [],
      parameters,
      requestBody,
      responses
    }
  }
}

/** The request of every event. */
export const requests = Object.fromEntries(eventNames.map((event) => [event, requestFor(event)]))
