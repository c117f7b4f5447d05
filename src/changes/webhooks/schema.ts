import { type Static, Type } from 'typebox'
import { deskFields, HttpUrl, Instant, id, nullable, pageQuery, ref, strict } from '../../http/schemas.ts'
import { Change, EventName } from '../log/schema.ts'

const url = Type.Unsafe<string>({
  ...HttpUrl,
  description: 'Where changes are told: an address on the public internet, without credentials.'
})
const events = Type.Array(ref(EventName), {
  uniqueItems: true,
  maxItems: 100,
  description: 'What it is told of; of everything, when empty.'
})

export const NewWebhook = strict(
  { url, events: Type.Optional(events) },
  {
    $id: 'NewWebhook',
    examples: [
      { url: 'https://site.example/hooks/onrecord', events: ['article.published', 'article.withdrawn'] }
    ]
  }
)
export type NewWebhook = Static<typeof NewWebhook>

const fields = {
  id: id('whk'),
  url,
  events,
  oldSecretUntil: nullable(
    Type.String({ description: 'Until when the secret before the last rotation signs, too.' })
  ),
  failingSince: nullable(Type.String({ description: 'Since when nothing could be delivered.' })),
  disabledAt: nullable(Instant),
  disabledReason: nullable(Type.String()),
  ...deskFields
}
export const Webhook = strict(fields, { $id: 'Webhook', description: 'An address that is told of changes.' })
export type Webhook = Static<typeof Webhook>

export const IssuedWebhook = strict(
  {
    ...fields,
    secret: Type.String({ description: 'What it is signed with (Standard Webhooks 1.0); shown this once.' })
  },
  { $id: 'IssuedWebhook' }
)
export type IssuedWebhook = Static<typeof IssuedWebhook>

/** What is sent to a webhook. */
export const WebhookEvent = strict(
  {
    type: ref(EventName),
    timestamp: Type.Unsafe<string>({ ...Instant, description: 'When the change was made.' }),
    data: ref(Change)
  },
  { $id: 'WebhookEvent', description: 'What a webhook is told: one change.' }
)

export const WebhookQuery = pageQuery()
