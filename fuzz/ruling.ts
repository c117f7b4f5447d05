// What rules over how others are answered holds for a few requests, and is then put back.
import { pick } from '../bench/random.ts'
import { ruling } from './hints.ts'
import type { Exchange } from './oracles.ts'
import type { Request } from './requests.ts'
import type { Scene } from './valid.ts'

const asAdmin = ({ tokens }: Scene) => ({ authorization: `Bearer ${tokens.admin}` })

/** Notes what is to be put back after an answer. */
export function owe(scene: Scene, { parts, answer }: Exchange) {
  const { name } = parts.operation
  if (ruling.set.test(name) && parts.method !== 'GET') putBack(scene)
  const { location } = answer.headers
  if (ruling.made.test(name) && typeof location === 'string')
    scene.due.push({ method: 'DELETE', url: location, headers: { ...asAdmin(scene), 'If-Match': '*' } })
}

/** Notes that what holds for the whole site is to be put back. */
export function putBack(scene: Scene) {
  const operation = scene.operations.find(({ name }) => name === ruling.back)
  if (operation === undefined) return
  scene.due.push({
    method: operation.method,
    url: operation.path,
    headers: { ...asAdmin(scene), 'If-Match': '*', 'content-type': 'application/json' },
    body: JSON.stringify(pick(scene.random, ruling.standing))
  })
}

/** Puts back what is due, once in a while. */
export async function settle({
  scene,
  send
}: {
  scene: Scene
  send(request: Request, role: string): Promise<unknown>
}) {
  if (scene.random() < 0.7) return
  for (const request of scene.due.splice(0)) await send(request, 'admin')
}
