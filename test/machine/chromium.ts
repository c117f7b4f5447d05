// A real browser: Chromium over its DevTools protocol.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'
import { folder } from '../support/app.ts'

type Reply = { id?: number; result?: { result?: { value?: unknown } }; error?: { message: string } }

/** A page of a browser that ends with the test: where it goes, and what a script in it answers. */
export async function browserPage(t: Test) {
  const child = spawn(
    'chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      ...['--remote-debugging-port=0', `--user-data-dir=${folder(t)}`, 'about:blank']
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] }
  )
  t.teardown(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  let said = ''
  for await (const text of child.stderr.iterator({ destroyOnReturn: false })) {
    said += text
    if (/DevTools listening on \S+\n/.test(said)) break
  }
  child.stderr.resume()
  const { host } = new URL(/DevTools listening on (\S+)/.exec(said)![1]!)
  const tabs = (await (await fetch(`http://${host}/json`)).json()) as {
    type: string
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(tabs.find(({ type }) => type === 'page')!.webSocketDebuggerUrl)
  await once(socket, 'open')
  t.teardown(() => socket.close())
  const waiting = new Map<number, (reply: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply)
  })
  let last = 0
  async function ask(method: string, params: object = {}): Promise<Reply> {
    const id = ++last
    const reply = new Promise<Reply>((resolve) => waiting.set(id, resolve))
    socket.send(JSON.stringify({ id, method, params }))
    return reply
  }
  await ask('Page.enable')

  /** What an expression in the page answers, once its promise is there. */
  async function evaluate(expression: string): Promise<unknown> {
    const { result, error } = await ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true
    })
    if (error) throw new Error(error.message)
    return result?.result?.value
  }

  /** Waits until an expression in the page is true. */
  async function until(expression: string) {
    const found = await evaluate(`new Promise((resolve) => {
      const since = Date.now()
      const look = () => {
        const is = Boolean(${expression})
        if (is || Date.now() - since > 60000) resolve(is)
        else setTimeout(look, 50)
      }
      look()
    })`)
    t.equal(found, true, expression)
  }

  /** Goes there, and waits until all of it is loaded. */
  async function go(url: string) {
    await ask('Page.navigate', { url })
    for (;;) {
      const there = await evaluate(`document.readyState === 'complete' && location.href !== 'about:blank'`)
      if (there && (await evaluate('location.href')) === url) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return { go, evaluate, until, ask }
}
