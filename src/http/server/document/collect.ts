// The OpenAPI 3.1 document, generated from the validation schemas, and the page that shows it.
import { isDeepStrictEqual } from 'node:util'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { describe } from './describing.ts'
import { mapDiscriminators } from './discriminators.ts'
import { addExamples } from './examples.ts'
import { nameAnswers } from './naming.ts'
import { serveReader } from './reader.ts'
import { shareParts, shareProperties } from './sharing.ts'
import { type Document, operationsOf } from './types.ts'

const description = `A headless CMS for newsrooms that knows who said what, according to whom, who took the picture and under which rights.

**Editions.** A read answers the *published* edition: the same bytes for everybody, cacheable. \`edition=draft\` reads the working copy and needs a token. Every write goes to the draft; \`POST /v1/articles/{id}/publish\` compiles it into the published edition.

**Changing.** PUT, PATCH (JSON Merge Patch) and DELETE need \`If-Match\` with the ETag you read: 428 without it, 412 when somebody was faster, \`If-Match: *\` to overwrite knowingly.

**Lists** answer \`{"data": [...], "next": "..."}\`; ask for the next page with \`cursor\`. A filter may have several values: \`tag=ferry&tag=pumps\`, or \`tag=ferry,pumps\`; a comma within a value is \`%2C\`. With \`fields\` an answer has only those properties, though its schema requires others.

**Who may.** \`x-roles\` of an operation names the roles whose tokens it takes; with \`{}\` in its \`security\` it needs none, or only for the draft edition.

**Errors** are \`application/problem+json\` (RFC 9457); those that any request may be answered are the \`default\` of each operation. Whatever is asked for, a request that is not valid HTTP is answered 400, one that comes too slowly 408, one that expects what cannot be met 417, and one with more than 16 KB of address and header fields 431.`

const tags = [
  ['articles', 'Stories: a draft in the making, and the edition that was published.'],
  ['workflow', 'From draft to published, and back.'],
  ['trash', 'Articles that were deleted, and the way back.'],
  ['editions', 'What was published, and drafted, before.'],
  ['quotes', 'Words somebody said or wrote, as they stand in an article.'],
  ['attributions', 'According to whom: chains of hops from the reader back to the origin.'],
  ['provenance', 'Who said it, and how that is known.'],
  ['quote-checks', 'Quotations against the record.'],
  ['formats', 'Published articles in the forms of others: feeds, and who publishes them.'],
  ['reviews', 'What no longer stands, and which articles rest on it.'],
  ['sources', 'Persons, organizations and documents that say, report, write or supply.'],
  ['media', 'Pictures, video and audio.'],
  ['media-credits', 'Who made it, who supplied it, under which rights.'],
  ['corrections', 'Dated notices that a published article was wrong.'],
  ['allegations', 'Whom an article accuses. For the desk only.'],
  ['reply-requests', 'Who was asked to comment, and what became of it. For the desk only.'],
  ['reports', 'Who is heard. For the desk only.'],
  ['search', 'Published words.'],
  ['comments', 'What readers answered, and what moderators decided.'],
  ['error-reports', 'What readers say is wrong, and what the desk made of it.'],
  ['blocked-terms', 'Words and patterns that no comment gets past.'],
  ['locks', 'Who is at work on what.'],
  ['batch', 'Many operations, all or none.'],
  ['imports', 'Saved news pages, read into drafts.'],
  ['changes', 'What was done: as a log, and as it happens.'],
  ['webhooks', 'Addresses that are told of changes.'],
  ['backups', 'Copies of the whole database.'],
  ['tokens', 'Who may do what.'],
  ['about', 'The API itself.']
] as const

/** Adds every operation that is registered from here on to the document. */
export async function collectOperations(
  app: FastifyInstance,
  { webhooks, pathItems }: { webhooks: Record<string, object>; pathItems: Record<string, object> }
) {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'On Record',
        version: '0.1.0',
        description,
        contact: { name: 'On Record' },
        license: { name: 'MIT', identifier: 'MIT' }
      },
      servers: [{ url: '/', description: 'This server.' }],
      webhooks,
      tags: tags.map(([name, description]) => ({ name, description })),
      components: {
        pathItems,
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'onr_...',
            description: 'A token of `POST /v1/tokens`.'
          },
          oidc: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'A JWT of the OpenID Connect issuer, where one is configured (`ONRECORD_OIDC_ISSUER`).'
          }
        }
      }
    },
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
    // The plugin's type has the documents of Swagger 2 too.
    transformObject: (made) => complete((made as { openapiObject: object }).openapiObject)
  })
  await serveReader(app)
}

/** Completes the document, and writes once what stands in it several times. */
function complete(made: object): object {
  // The plugin's type has every version of OpenAPI. A copy: schemas are shared by operations, and by apps.
  const document = structuredClone(made) as Document
  mapDiscriminators(document)
  nameAnswers(document)
  describe(document)
  addExamples(document)
  shareProperties(document)
  shareParts(document)
  shareSecurity(document)
  return document
}

/** What most operations need is said once, for the whole document. */
function shareSecurity(document: Document) {
  document.security = [{ token: [] }, { oidc: [] }]
  for (const operation of operationsOf(document))
    if (isDeepStrictEqual(operation.security, document.security)) delete operation.security
}

/** The document as text: one line for each path, webhook and component, so that changes can be read. */
export function written(document: object) {
  const line = ([name, value]: [string, unknown]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`
  const lines = (object: object) => `{\n${Object.entries(object).map(line).join(',\n')}\n}`
  const part = ([name, value]: [string, object]) => {
    if (name === 'paths' || name === 'webhooks') return `"${name}":${lines(value)}`
    if (name !== 'components') return line([name, value])
    return `"components":{\n${Object.entries(value)
      .map(([kind, some]) => `"${kind}":${lines(some)}`)
      .join(',\n')}\n}`
  }
  return `{\n${Object.entries(document).map(part).join(',\n')}\n}\n`
}
