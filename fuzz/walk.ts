// Secret records, and the public that looks for them everywhere.
import { pick } from '../bench/random.ts'
import { parsed } from './contract.ts'
import type { Operation } from './document.ts'
import type { Driver } from './driver.ts'
import { publishing } from './hints.ts'
import { isPublic } from './oracles.ts'
import { freeTexts, put } from './places.ts'
import type { Parts } from './requests.ts'
import { isGuarded, prefixIn, valid } from './valid.ts'
import { secretWord } from './world.ts'
import type { Watched } from './writes.ts'

/** A walk of the public: a step at a time, or all of it. */
export function walking(driver: Driver, watched: Watched) {
  const { scene, ask, fail } = driver
  const { random, world, document, asked } = scene
  const writes = asked.filter(
    ({ name, method, bodies }) => method !== 'GET' && bodies && !publishing.test(name)
  )
  const reads = asked.filter(({ method, open }) => method === 'GET' && open)
  let secrets = 0

  /** The parts with a word in every text that gives it away. A text keeps what others quote of it. */
  function marked(parts: Parts): Parts {
    const word = `${secretWord}${secrets++}`
    const schema = parts.operation.bodies![parts.type!]!
    const body = freeTexts(document, schema, parts.body).reduce(
      (body, { path, value, schema: { maxLength = 1000 } }) => {
        const text = String(value)
        const marked = text.includes('The ') ? text.replaceAll('The ', `The ${word} `) : `${text} ${word}`
        return put(body, path, [...marked].length > maxLength ? word.slice(0, maxLength) : marked)
      },
      parts.body
    )
    return { ...parts, body }
  }

  /** Writes something that stays secret. */
  async function hide() {
    const operation = pick(random, writes)
    const isOwn = !operation.path.includes('{') || !operation.open
    const parts = marked(valid(scene, operation, { secret: isOwn }))
    const ids = Object.values(parts.path)
    if (isOwn && ids.some((id) => !world.tells(id))) return
    const { answer } = await watched(parts, 'kept secret')
    if (answer.status < 300 && !isPublic(answer)) world.hide(answer.body)
  }

  /** Reads something as the public does: a secret record where the address takes one. */
  async function look(operation: Operation) {
    const parts = valid(scene, operation)
    const path = Object.fromEntries(
      Object.entries(parts.path).map(([name, value]) => {
        const prefix = prefixIn(scene, operation, name)
        const secrets = prefix ? world.secrets(prefix) : []
        return [name, secrets.length > 0 ? pick(random, secrets) : value]
      })
    )
    const query = parts.query.map(([name, value]): [string, string] => [
      name,
      name === 'q' ? `${secretWord}*` : value
    ])
    const seen = { ...parts, path, query, role: null }
    if (isGuarded(seen)) return
    const exchange = await ask(seen, 'the public')
    const { data } = (parsed(exchange.answer.body) ?? {}) as { data?: unknown[] }
    const isSearch = query.some(([name]) => name === 'q')
    if (isSearch && exchange.answer.status === 200 && data && data.length > 0)
      fail('what is secret stays so', 'nothing found by a secret word', exchange)
  }

  return {
    async step() {
      if (writes.length > 0 && random() < 0.4) await hide()
      else if (reads.length > 0) await look(pick(random, reads))
    },
    async everything() {
      for (const operation of reads) for (let times = 0; times < 3; times++) await look(operation)
    }
  }
}
