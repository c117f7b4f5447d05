// What the service sends to others: webhooks, traces, and checks for spam.
import { Type } from 'typebox'

export const outside = {
  ONRECORD_WEBHOOK_PRIVATE: Type.String({
    default: 'refuse',
    pattern: '^(allow|refuse)$',
    description: 'Whether webhooks may go to private, loopback and link-local addresses: `allow` or `refuse`.'
  }),
  ONRECORD_WEBSUB_HUB: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s<>"]+$',
      maxLength: 500,
      description:
        'The hub that is told when feeds change, and that feeds name (WebSub): `https://pubsubhubbub.appspot.com/`. Needs `apiUrl` of /v1/publisher.'
    })
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      maxLength: 2000,
      description:
        'Where OpenTelemetry traces are sent, by OTLP over HTTP (`http://localhost:4318`); nowhere without it.'
    })
  ),
  OTEL_SERVICE_NAME: Type.String({
    default: 'onrecord',
    maxLength: 100,
    description: 'What the traces call this service.'
  }),
  ONRECORD_AKISMET_URL: Type.Optional(
    Type.String({
      pattern: '^https?://.',
      description:
        'Where comments are checked for spam as Akismet does (`https://rest.akismet.com/1.1/comment-check`): author, text and address of a reader are sent there. Off when not set.'
    })
  ),
  ONRECORD_AKISMET_KEY: Type.Optional(
    Type.String({ minLength: 1, description: 'The API key for that; the requests are signed with it, too.' })
  ),
  ONRECORD_SITE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://.',
      description:
        'The front page of the site, for that check, and for feeds, sitemaps and links where /v1/publisher names none.'
    })
  )
}
