// The `webhooks` section of the OpenAPI document.
import { eventNames } from '../log/events.ts'

const header = (name: string, description: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  schema: { type: 'string' as const }
})

const parameters = [
  header('webhook-id', 'The delivery: the same each time it is tried.'),
  header('webhook-timestamp', 'When it was tried, in seconds since 1970.'),
  header('webhook-signature', 'A `v1` signature for each secret that holds, with spaces between them.')
]

const responses = {
  '2XX': { description: 'It has been taken.' },
  '410': { description: 'Nothing is wanted any more: the webhook is disabled.' },
  default: { description: 'It is tried again, for a day. Redirects are not followed.' }
}

function requestFor(event: string) {
  const [kind, past] = event.split('.')
  return {
    post: {
      tags: ['webhooks'],
      summary: `A record of the kind ${kind} was ${past}.`,
      description: 'Signed as in Standard Webhooks 1.0.',
      parameters,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object' as const,
              required: ['type', 'timestamp', 'data'],
              properties: {
                type: { type: 'string' as const, enum: [event] },
                timestamp: { type: 'string' as const, format: 'date-time' },
                data: { $ref: '#/components/schemas/Change' }
              }
            }
          }
        }
      },
      responses
    }
  }
}

/** The request of every event. */
export const requests = Object.fromEntries(eventNames.map((event) => [event, requestFor(event)]))
