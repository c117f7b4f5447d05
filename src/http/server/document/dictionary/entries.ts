/**
 * What properties mean whose schemas do not say it: a description ('' where the schema has one) and an example. A key
 * is the name of a property, or of a schema or property it stands in and its own: `Source.name`, `bylines.name`.
 */
export type Entries = Record<string, readonly [description: string, example?: unknown]>
