// Whether the port is free, before a database is opened for it.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Refusal } from '../storage/opening/refusal.ts'

const reasons: Record<string, string> = {
  EADDRINUSE: 'is in use. Stop the program that listens there, or choose another:',
  EACCES: 'is not for this user to listen on. Choose one above 1023:'
}

/** Throws a Refusal with the remedy where this address cannot be listened on. `npm` is the command to give again. */
export async function checkPort(host: string, port: number, npm: string) {
  const fault = await faultOf(host, port)
  if (fault === undefined) return
  const reason = reasons[fault]
  if (reason === undefined)
    throw new Refusal(
      `HOST is ${host}, which is no address of this machine (${fault}): 127.0.0.1 is this machine alone, 0.0.0.0 is all of its networks`
    )
  throw new Refusal(`Port ${port} of ${host} ${reason} PORT=${await freeAfter(host, port)} ${npm}`)
}

/** The error code of listening there. */
async function faultOf(host: string, port: number): Promise<string | undefined> {
  const server = createServer().listen({ host, port, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
  server.close()
  await once(server, 'close')
  return undefined
}

/** The next free port that everybody may listen on. */
async function freeAfter(host: string, port: number): Promise<number> {
  const after = (one: number) => (one < 1024 || one >= 65_535 ? 1024 : one + 1)
  let next = after(port)
  while ((await faultOf(host, next)) !== undefined) next = after(next)
  return next
}
