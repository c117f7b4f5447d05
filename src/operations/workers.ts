// Several processes on one port (node:cluster): the primary starts, replaces and stops the workers.
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

/** A worker's message: its address, or why it does not listen. */
type Report = { address: string } | { refusal: string }

/** The start of a worker failed. */
export class WorkerStartError extends Error {}

/** The number of processes of a setting. */
export const processCount = (setting: string) =>
  setting === 'auto' ? availableParallelism() : Number(setting)

/** In a worker: reports to the primary that it listens. */
export function reportListening(address: string) {
  cluster.worker!.send({ address } satisfies Report)
}

/** In a worker: reports to the primary why it does not listen, and exits. */
export function reportRefusal(refusal: string) {
  cluster.worker!.send({ refusal } satisfies Report, () => cluster.worker!.disconnect())
}

/** In a worker: retires at the primary's message. */
export function retireOnMessage(retire: () => Promise<void>) {
  cluster.worker!.once('message', retire)
  // SIGHUP of a closed terminal goes to the whole process group; only the primary reacts, and replaces the workers.
  process.on('SIGHUP', () => {})
}

/** Serves `command` with so many workers until a signal. Answers the address when all listen, or throws. */
export async function serveWithWorkers(processes: number, command: string): Promise<string> {
  // Round-robin by the primary, so that a connection which a retiring worker refuses goes to another.
  cluster.schedulingPolicy = cluster.SCHED_RR
  cluster.setupPrimary({ args: [command] })
  const pool = new WorkerPool(processes)
  const address = await pool.start()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void pool.stop())
  process.on('SIGHUP', () => pool.renew())
  return address
}

/** Keeps the number of workers. Once all serve, one at a time is started or retired. */
class WorkerPool {
  readonly #size: number
  readonly #serving = new Set<Worker>()
  /** Serving workers that are to be replaced. */
  readonly #outdated = new Set<Worker>()
  readonly #stopped = new AbortController()
  #losses: number[] = []
  #tending = false

  constructor(size: number) {
    this.#size = size
  }

  async start(): Promise<string> {
    // No replacement before all serve.
    this.#tending = true
    const starts = Array.from({ length: this.#size }, () => this.#add())
    const [address] = await Promise.all(starts).catch(async (error) => {
      await this.stop()
      throw error
    })
    this.#tending = false
    void this.#tend()
    return address!
  }

  renew() {
    for (const worker of this.#serving) this.#outdated.add(worker)
    void this.#tend()
  }

  async stop() {
    this.#stopped.abort()
    const alive = Object.values(cluster.workers!).filter((worker) => !worker!.isDead())
    await Promise.all(
      alive.map((worker) => {
        worker!.process.kill('SIGTERM')
        return waitForExit(worker!, 9000)
      })
    )
  }

  /** Starts a worker. Answers the address when it listens, or throws. */
  async #add(): Promise<string> {
    const worker = cluster.fork()
    const address = await addressOf(worker)
    this.#serving.add(worker)
    worker.once('exit', (code, signal) => {
      this.#outdated.delete(worker)
      if (this.#serving.delete(worker) && !this.#stopped.signal.aborted) this.#lose(`${signal ?? code}`)
    })
    return address
  }

  #lose(how: string) {
    process.stderr.write(`A process that served has ended (${how}); another takes its place.\n`)
    this.#losses.push(performance.now())
    void this.#tend()
  }

  async #tend() {
    if (this.#tending) return
    this.#tending = true
    const incomplete = () => this.#serving.size < this.#size || this.#outdated.size > 0
    while (!this.#stopped.signal.aborted && incomplete()) await this.#replace()
    this.#tending = false
  }

  /** The back-off before the next start, in ms: it grows with the number of workers lost within a minute. */
  #rest(): number {
    this.#losses = this.#losses.filter((at) => at > performance.now() - 60_000)
    return Math.min(25 * (2 ** this.#losses.length - 1), 10_000)
  }

  /** Replaces a worker that is outdated or has exited. */
  async #replace() {
    try {
      await pause(this.#rest(), undefined, { signal: this.#stopped.signal })
      await this.#add()
    } catch (error) {
      if (this.#stopped.signal.aborted) return
      process.stderr.write(`${(error as Error).message}\n`)
      this.#losses.push(performance.now())
      // A worker that cannot be replaced goes on serving.
      this.#outdated.clear()
    }
    const [old] = this.#outdated
    if (old && this.#serving.size > this.#size) await this.#retire(old)
  }

  async #retire(worker: Worker) {
    this.#serving.delete(worker)
    this.#outdated.delete(worker)
    // The callback ignores the error of a worker that is just exiting.
    worker.send('retire', () => {})
    await waitForExit(worker, 15_000)
  }
}

/** Waits for the address of a worker. Throws when it cannot start. */
async function addressOf(worker: Worker): Promise<string> {
  const gone = once(worker, 'exit').then(([code, signal]) => ({
    refusal: `A process ended (${signal ?? code}) before it could serve`
  }))
  const reported = once(worker, 'message').then(([report]) => report as Report)
  const report = await Promise.race([reported, gone])
  if ('refusal' in report) throw new WorkerStartError(report.refusal)
  return report.address
}

/** Waits until a worker has exited; one that hangs is killed. */
async function waitForExit(worker: Worker, killAfter: number) {
  const late = setTimeout(() => worker.process.kill('SIGKILL'), killAfter)
  await once(worker, 'exit')
  clearTimeout(late)
}
