// Names for the schemas of answers, after which generated clients name their types.
import type { Document, Schema } from './types.ts'
import { operationsOf, pascal } from './types.ts'

/** Names the answers that routes describe in place: listQuotes answers a QuoteList of ListedQuotes. */
export function nameAnswers(document: Document) {
  const { schemas } = document.components
  /** Makes a component of the schema, and refers to it. */
  function named(name: string, schema: Schema): Schema {
    if (schema.type !== 'object') return schema
    schemas[name] = schema
    return { $ref: `#/components/schemas/${name}` }
  }

  for (const { operationId, responses } of operationsOf(document)) {
    const content = responses['200']?.content?.['application/json']
    if (content === undefined) continue
    const one = singular(pascal(operationId.replace(/^list|^get/, '')))
    const items = content.schema.properties?.data?.items
    if (items?.anyOf) items.anyOf = items.anyOf.map((item) => named(`Listed${one}`, item))
    content.schema = named(items ? `${one}List` : `${one}Answer`, content.schema)
  }
}

/** `Quotes` as Quote, `Media` as it is. */
const singular = (name: string) => name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
