// Front matter of static sites: YAML between ---, TOML between +++, or an object of JSON. What was typed stays as typed.
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { type Fields, isFields } from '../whole.ts'

export interface FrontMatter {
  fields: Fields
  body: string
  /** Why it cannot be read. */
  problem?: string
}

const limits = { length: 200_000, aliases: 100 }

/** The front matter and the text after it; undefined where there is none. */
export function frontMatterOf(text: string): FrontMatter | undefined {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const [, fence] = /^(---|\+\+\+)[ \t]*\n/.exec(plain) ?? []
  if (fence === undefined) return plain.startsWith('{') ? ofJson(plain) : undefined
  const end = new RegExp(`\\n${fence === '---' ? '(?:---|\\.\\.\\.)' : '\\+\\+\\+'}[ \\t]*(?:\\n|$)`).exec(
    plain
  )
  if (end === null) return undefined
  const source = plain.slice(fence.length, end.index + 1)
  const body = plain.slice(end.index + end[0].length)
  return read(body, () => {
    if (source.length > limits.length) throw new Error('it is longer than 200,000 characters')
    return fence === '---'
      ? // Failsafe: 0012, no and 10:30 stay the texts that somebody typed (YAML 1.2, 10.1).
        parseYaml(source, { schema: 'failsafe', maxAliasCount: limits.aliases, logLevel: 'error' })
      : parseToml(source)
  })
}

function ofJson(text: string): FrontMatter | undefined {
  const end = /\n\}[ \t]*(?:\n|$)/.exec(text)
  if (end === null) return undefined
  return read(text.slice(end.index + end[0].length), () => JSON.parse(text.slice(0, end.index + 2)))
}

function read(body: string, parse: () => unknown): FrontMatter {
  try {
    const fields = parse()
    return { fields: isFields(fields) ? fields : {}, body }
  } catch (error) {
    return { fields: {}, body, problem: (error as Error).message.split('\n')[0]! }
  }
}
