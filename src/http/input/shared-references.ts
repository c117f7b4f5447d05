// Which of the schemas that operations share a schema refers to.

/** Schemas that are shared, by their `$id`. */
export class SharedSchemas {
  readonly #schemas: Record<string, object>
  readonly #references = new WeakMap<object, string[]>()

  constructor(schemas: Record<string, object>) {
    this.#schemas = schemas
  }

  named(name: string) {
    return this.#schemas[name]!
  }

  /** The shared schemas that a schema refers to, each after those that it refers to itself, without those `seen`. */
  *referred(schema: object, seen: Set<string>): Generator<string> {
    for (const name of this.#referencesOf(schema)) {
      if (seen.has(name)) continue
      seen.add(name)
      yield* this.referred(this.named(name), seen)
      yield name
    }
  }

  #referencesOf(schema: object): string[] {
    const found = this.#references.get(schema)
    if (found) return found
    const names = Array.from(JSON.stringify(schema).matchAll(/"\$ref":"(\w+)#"/g), ([, name]) => name!)
    this.#references.set(schema, names)
    return names
  }
}
