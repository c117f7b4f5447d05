// What there is to compile before a body of any kind can be validated, in steps that a busy event loop does not notice.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'

/** A body: its schema, what compiles any schema as its validators are compiled, and the validators, compiled when called. */
interface Body {
  schema: object
  compilers: ((schema: object) => unknown)[]
  validators: (() => unknown)[]
}

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

/** The validators of all bodies. */
export class BodyValidators {
  readonly #shared: SharedSchemas
  readonly #bodies: Body[] = []

  constructor(shared: SharedSchemas) {
    this.#shared = shared
  }

  add(body: Body) {
    this.#bodies.push(body)
  }

  /** What there is to compile: the shared schemas that a body refers to come before it, and make most of the work. */
  *steps(): Generator<() => unknown> {
    const seen = new Set<string>()
    for (const { schema, compilers, validators } of this.#bodies) {
      for (const name of this.#shared.referred(schema, seen))
        for (const compile of compilers) yield () => compile({ $ref: `${name}#` })
      yield* validators
    }
  }
}

let compiling: Promise<void> | undefined
let begin: (() => void) | undefined
let compiledAt = Number.NEGATIVE_INFINITY

/** The compiling of the validators of bodies, while it goes on; begins it where it waits. */
export const bodiesCompiling = () => {
  begin?.()
  return compiling
}

/** When the validators of bodies had been compiled, by `performance.now()`: never while they are. */
export const bodiesCompiledAt = () => compiledAt

/** How long compiling waits for the first body, in ms: whoever waits for the service to start reads, mostly. */
const patience = 200

/**
 * Compiles the validators of all bodies, in turns. Bodies that come meanwhile wait for it: compiled at once, one validator
 * would take a long turn. Tests, each with a service of its own, need few of them.
 */
export async function compileInTurns(bodies: BodyValidators) {
  compiledAt = Number.POSITIVE_INFINITY
  const due = new Promise<void>((resolve) => {
    begin = resolve
    setTimeout(resolve, patience).unref()
  })
  compiling = due.then(() => compileEach(bodies))
  await compiling
  compiling = undefined
  compiledAt = performance.now()
}

/** How long validators are compiled in one turn, in ms, before one more is. */
const slice = 1

async function compileEach(bodies: BodyValidators) {
  let began = Number.NEGATIVE_INFINITY
  for (const compileOne of bodies.steps()) {
    // Requests come in between. The timer does not keep a process that ends, and wakes one that idles: an immediate that
    // is unreferenced waits until something else happens.
    if (performance.now() - began > slice) {
      await pause(0, undefined, { ref: false })
      began = performance.now()
    }
    compileOne()
  }
}
