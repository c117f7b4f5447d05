// The contract: whatever is answered, the OpenAPI document says so.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Test } from 'tap'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}
interface Document {
  paths?: Record<string, Record<string, Operation>>
}

const ajv = new Ajv2020({ strict: false, discriminator: true, allErrors: true })
for (const format of ['date-time', 'bcp47', 'uri', 'uri-reference', 'email']) ajv.addFormat(format, true)

/** Fails the test when an answer is not what the document says of its operation. */
export function conform(
  t: Test,
  document: object,
  method: string,
  url: string,
  answer: { status: number; headers: Record<string, unknown>; body: string }
) {
  // An address may be a record to one method and something of its own to another.
  const operation = Object.entries((document as Document).paths ?? {}).find(
    ([template, methods]) => matches(template, url) && method.toLowerCase() in methods
  )?.[1][method.toLowerCase()]
  const type = String(answer.headers['content-type'] ?? '').split(';')[0]!
  // What no operation takes is answered by a problem, and nothing else.
  const content = operation
    ? operation.responses[answer.status]?.content
    : { 'application/problem+json': { schema: problem } }
  if (operation && operation.responses[answer.status] === undefined) {
    return t.fail(`${method} ${url}: the document knows no ${answer.status}`, { body: answer.body })
  }
  if (content === undefined || method === 'HEAD') {
    return t.equal(answer.body, '', `${method} ${url}: ${answer.status} has no body`)
  }
  const schema = content[type]?.schema
  if (schema === undefined) return t.fail(`${method} ${url}: ${answer.status} is not ${type}`)
  if (!type.endsWith('json')) return true
  const errors = faults(document, schema, JSON.parse(answer.body))
  if (errors.length === 0) return true
  return t.fail(`${method} ${url}: ${answer.status} is not as documented`, {
    errors,
    body: answer.body.slice(0, 2000)
  })
}

const problem = { $ref: '#/components/schemas/Problem' }

function matches(template: string, url: string) {
  const pattern = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(url.split('?')[0]!)
}

/** Every app of a run has the same document, so its schemas are compiled once. */
const compiled = new Map<string, ValidateFunction>()

/** What of a value is not as a schema of the document says. */
export function faults(document: object, schema: object, value: unknown) {
  const name = JSON.stringify(schema)
  const { components } = document as { components: object }
  const check = compiled.get(name) ?? ajv.compile({ ...schema, components })
  compiled.set(name, check)
  check(value)
  return check.errors ?? []
}
