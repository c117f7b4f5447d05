// Streams from a worker thread: what a generator of a module yields, one value ahead of who takes it, so that what is
// large is read in bounded memory and never on the thread that answers requests.
import { on } from 'node:events'
import { extname, join } from 'node:path'
import { type MessagePort, Worker } from 'node:worker_threads'
import { threadCount } from './run.ts'
import type { Task } from './task.ts'

const program = join(import.meta.dirname, `stream-worker${extname(import.meta.filename)}`)

/** What the generator may ask of the thread that started it. */
export type Ask<Question, Answer> = (question: Question) => Promise<Answer>

type Make<Input, Question, Answer, Value> = (input: Input, ask: Ask<Question, Answer>) => AsyncIterable<Value>

/** From the thread: a value or a question, or that it is done. Cloned, which takes half the time of JSON. */
type Sent = { value: unknown } | { question: unknown } | { done: true }

/**
 * Yields what the generator of this name yields, in plain data; with 0 threads it runs here. Throws what it throws, as
 * a plain Error, and an error of the code ERR_WORKER_OUT_OF_MEMORY where its heap outgrows `heap` MB.
 */
export async function* streamInThread<Input, Question, Answer, Value>(
  { module, name }: Task,
  input: Input,
  answer: Ask<Question, Answer>,
  { heap }: { heap: number }
): AsyncGenerator<Value> {
  if (threadCount() === 0) {
    const { [name]: make }: Record<string, Make<Input, Question, Answer, Value>> = await import(module)
    yield* make!(input, answer)
    return
  }
  const resourceLimits = { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 16 }
  const worker = new Worker(program, { workerData: { module, name, input }, resourceLimits })
  try {
    for await (const [sent] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Sent]>) {
      if ('done' in sent) return
      if ('question' in sent) worker.postMessage(await answer(sent.question as Question))
      else {
        worker.postMessage('next')
        yield sent.value as Value
      }
    }
    throw new Error('The thread ended before it was done.')
  } finally {
    await worker.terminate()
  }
}

/** Sends what the generator yields through a port, each value when the one before it was taken. */
export async function send(
  port: MessagePort,
  { module, name, input }: Task & { input: unknown }
): Promise<void> {
  const { [name]: make }: Record<string, Make<unknown, unknown, unknown, unknown>> = await import(module)
  const replies = on(port, 'message')
  const reply = async (): Promise<unknown> => (await replies.next()).value?.[0]
  for await (const value of make!(input, async (question) => {
    port.postMessage({ question })
    return await reply()
  })) {
    port.postMessage({ value })
    await reply()
  }
  // Last, since who is told so ends the thread at once.
  await replies.return?.()
  port.postMessage({ done: true })
}
