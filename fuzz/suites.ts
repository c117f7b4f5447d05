// Every text of a suite in every text field of every operation: it comes back byte for byte, or is refused.
import { type Operation, resolved, type Schema } from './document.ts'
import type { Driver } from './driver.ts'
import { freeTexts, type Path, put } from './places.ts'
import type { Report } from './report.ts'
import type { Parts } from './requests.ts'
import { settle } from './ruling.ts'
import { type Options, opened, wander } from './run.ts'
import { sampling, valid } from './valid.ts'
import { sample } from './values.ts'

/** What is asked after each answer, and how often. */
const shares = {
  'texts come back byte for byte': 1,
  'what was written is read back': 0.05,
  'HTML of what was written is clean': 1
}

/** A body whose texts may be any: each at its place. */
interface Form {
  parts: Parts
  slots: Path[]
}

/** A word that a text can be, if it may be chosen freely. */
const plain = 'winter'

/** How often a request is tried until one is accepted. */
const tries = 12

/**
 * Sends every text in every text field of what is created, changed and decided on, in a newsroom that so many
 * requests have filled. Answers what was found.
 */
export async function everywhere(options: Options, texts: string[]): Promise<Report> {
  const { only = /./, ...all } = options
  const driver = await opened(all, shares)
  await wander(driver, all)
  for (const operation of driver.scene.asked.filter(({ name, bodies }) => bodies && only.test(name))) {
    for (const form of await accepted(driver, operation)) {
      for (const text of texts) {
        options.progress?.(driver.report)
        await settle(driver)
        await fill(driver, form, text)
      }
    }
  }
  return driver.report
}

/** The forms of an operation for the first record of a few that takes one. */
async function accepted(driver: Driver, operation: Operation): Promise<Form[]> {
  for (let left = tries; left > 0; left--) {
    const found = await forms(driver, valid(driver.scene, operation))
    if (found.length > 0) return found
  }
  return []
}

const asAdmin = (parts: Parts): Parts => ({
  ...parts,
  role: 'admin',
  headers: 'If-Match' in parts.headers ? { 'If-Match': '*' } : {}
})

async function fill({ ask }: Driver, { parts, slots }: Form, text: string) {
  const filled = (some: Path[]) => ({
    ...parts,
    body: some.reduce((body, path) => put(body, path, text), parts.body)
  })
  const { answer } = await ask(filled(slots), 'a suite')
  // What one place refuses, another may take.
  if (answer.status >= 400 && slots.length > 1) for (const slot of slots) await ask(filled([slot]), 'a suite')
}

/** The bodies of an operation that are accepted, with the places where they take any word. */
async function forms(driver: Driver, asked: Parts): Promise<Form[]> {
  const { scene, ask } = driver
  const { document } = scene
  const parts = asAdmin(asked)
  const schema = resolved(document, parts.operation.bodies![parts.type!]!)
  const accepts = async (body: unknown) => (await ask({ ...parts, body }, 'preparing')).answer.status < 400

  async function form(body: unknown): Promise<Form[]> {
    const slots: Path[] = []
    for (const { path } of freeTexts(document, schema, body))
      if (await accepts(put(body, path, plain))) slots.push(path)
    return slots.length > 0 ? [{ parts: { ...parts, body }, slots }] : []
  }

  if (!(await accepts(parts.body))) return []
  const rich = await richest(driver, schema, parts.body, accepts)
  const others: Form[] = []
  for (const body of alternatives(driver, schema, rich)) others.push(...(await form(body)))
  return [...(await form(rich)), ...others]
}

/** The body with every property that is accepted along with the others. */
async function richest(
  { scene }: Driver,
  schema: Schema,
  body: unknown,
  accepts: (body: unknown) => Promise<boolean>
) {
  let rich = body
  if (typeof body !== 'object' || body === null) return rich
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (name in (rich as object)) continue
    const more = { ...(rich as object), [name]: sample(inner, sampling(scene, [], {})) }
    if (await accepts(more)) rich = more
  }
  return rich
}

/** The least body with each form that a property of several forms can have. */
function alternatives({ scene }: Driver, schema: Schema, body: unknown): unknown[] {
  const { properties = {}, required = [] } = schema
  const least = Object.fromEntries(Object.entries(body as object).filter(([name]) => required.includes(name)))
  return Object.entries(properties).flatMap(([name, inner]) => {
    const choices = choicesIn(scene.document, inner)
    return choices.map((choice) => ({ ...least, [name]: sample(choice, sampling(scene, [], {})) }))
  })
}

function choicesIn(document: Driver['scene']['document'], schema: Schema): Schema[] {
  const { anyOf = [] } = resolved(document, schema)
  return anyOf.flatMap((one) => {
    const inner = choicesIn(document, one)
    return inner.length > 0 ? inner : [one]
  })
}
