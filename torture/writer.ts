// One of the writers of the storm: it writes to records of its own, one write at a time, and tells the model what
// was acknowledged. What was not answered may have been done or not.
import { below, pick, type Random } from '../bench/random.ts'
import { type Answer, type Ask, type Client, client } from './client.ts'
import { type Known, type Model, type State, unchanged } from './model.ts'

/** What a write is known to do where it is done. */
export interface Write extends Ask {
  method?: string
  path: string
  /** The record it changes, and as what it leaves it. */
  known?: Known
  after?: State | null
}

/** One thing that a writer does. */
export type Deed = (writer: Writer) => Promise<void>

export class Writer {
  readonly #deeds: Deed[]
  readonly #model: Model
  readonly #random: Random
  readonly #name: string
  readonly #client: Client = client()
  #address = ''
  #count = 0

  constructor(deeds: Deed[], model: Model, random: Random, name: string) {
    this.#deeds = deeds
    this.#model = model
    this.#random = random
    this.#name = name
  }

  /** Writes until it is enough, or nobody listens any more. */
  async run(address: string, enough = () => false) {
    this.#address = address
    this.#down = false
    while (!this.#down && !enough()) await this.once(address)
  }

  /** Does one thing, which may be nothing where it has nothing to do it to. */
  async once(address: string) {
    this.#address = address
    await pick(this.#random, this.#deeds)(this)
  }
  #down = false

  /** Ends what is left: the process on the other side may hang. */
  close() {
    this.#down = true
    this.#client.close()
  }

  /** Writes; answers undefined where that was not acknowledged. */
  async write({ method = 'POST', path, known, after, ...how }: Write): Promise<Answer | undefined> {
    if (known) known.maybe = after
    const answer = await this.#client.ask(this.#address, method, path, how)
    const { status } = answer
    const name = `${method} ${path.replace(/\w+_\w+/, '{id}')} ${status}`
    this.#model.count(name)
    // A disk that failed may have kept what it was given.
    if (status === 'unknown' || status === 503) return undefined
    if (known) delete known.maybe
    if (status === 'unsent') this.#down = true
    else if (status < 300) return answer
    else if (status !== 507) this.#model.findings.push(`${name}: ${answer.text}`)
    return undefined
  }

  /** A name that nothing else has. */
  fresh() {
    return `${this.#name}-${++this.#count}-${Date.now().toString(36)}`
  }

  /** One of its own records, as it is known to be. */
  one(kind: Known['kind'], so: (is: State) => boolean = () => true): (Known & { is: State }) | undefined {
    const some = this.#own.filter(
      (known): known is Known & { is: State } =>
        known.kind === kind && known.maybe === undefined && known.is !== null && so(known.is)
    )
    return some.length === 0 ? undefined : some[below(this.#random, some.length)]
  }
  #own: Known[] = []

  /** Something it made. */
  made(kind: Known['kind'], id: string, is: State, version: number | null = 1) {
    this.#own.push(this.#model.add({ kind, id, is }))
    // It goes on with the newest; the others must only stay as they are.
    if (this.#own.length > 60) this.#own.shift()
    this.did(kind, id, 'create', version)
  }

  /** An acknowledged write says that there was nothing to write. */
  changedNothing() {
    this.#model.count(unchanged)
  }

  did(kind: string, id: string, action: string, version: number | null = null) {
    this.#model.did(kind, id, action, version)
  }
}
