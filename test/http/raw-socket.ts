// Bytes over a socket of their own, for what no client would send.
import { connect } from 'node:net'

/** What the server says to these bytes until it hangs up. */
export async function raw(port: number, bytes: string | Buffer) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.setTimeout(5000, () => reject(new Error(`no answer to ${bytes.toString().slice(0, 50)}`)))
  socket.on('data', (data) => {
    said += data
  })
  socket.on('error', reject)
  socket.on('close', () => resolve(said))
  const answer = await promise
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body }
}
