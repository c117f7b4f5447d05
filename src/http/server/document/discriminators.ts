// How generated clients tell the schemas of a `oneOf` apart.
import type { Document } from './types.ts'
import { operationsOf, target, walk } from './types.ts'

/**
 * Completes each `discriminator` with its `mapping`. Without one the values are the names of the schemas (OpenAPI 3.1,
 * 4.8.25), which are not what is sent. Ajv takes no `mapping`, so the schemas that validate have none.
 */
export function mapDiscriminators(document: Document) {
  const complete = (part: object) =>
    walk(part, ({ discriminator, oneOf = [] }) => {
      if (discriminator === undefined) return
      discriminator.mapping = Object.fromEntries(
        oneOf.flatMap(({ $ref }) => {
          const { properties } = target(document, $ref!)
          const { const: value, enum: values = [value] } = properties![discriminator.propertyName]!
          return values.map((one) => [one, $ref])
        })
      )
    })
  complete(document.components.schemas)
  for (const operation of operationsOf(document)) complete(operation)
}
