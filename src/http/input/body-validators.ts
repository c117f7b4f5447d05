// What there is to compile before a body of any kind can be validated, in steps that a busy event loop does not notice.

/** A body: its schema, what compiles any schema as its validators are compiled, and the validators, compiled when called. */
interface Body {
  schema: object
  compilers: ((schema: object) => unknown)[]
  validators: (() => unknown)[]
}

/** The validators of all bodies. */
export class BodyValidators {
  readonly #shared: Record<string, object>
  readonly #bodies: Body[] = []

  /** The shared schemas are by their `$id`. */
  constructor(shared: Record<string, object>) {
    this.#shared = shared
  }

  add(body: Body) {
    this.#bodies.push(body)
  }

  /** What there is to compile: the shared schemas that a body refers to come before it, and make most of the work. */
  *steps(): Generator<() => unknown> {
    const seen = new Set<string>()
    for (const { schema, compilers, validators } of this.#bodies) {
      for (const name of this.#references(schema, seen))
        for (const compile of compilers) yield () => compile({ $ref: `${name}#` })
      yield* validators
    }
  }

  /** The shared schemas that a schema refers to, each after those that it refers to itself, without those seen. */
  *#references(schema: object, seen: Set<string>): Generator<string> {
    for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"(\w+)#"/g)) {
      if (seen.has(name!)) continue
      seen.add(name!)
      yield* this.#references(this.#shared[name!]!, seen)
      yield name!
    }
  }
}
