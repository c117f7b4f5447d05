// Reading what strace saw: which system calls ended before an answer was sent.
import { readFileSync } from 'node:fs'

/** A system call, at the two moments that matter: when it began, and when it had returned. */
interface Event {
  at: 'begun' | 'done'
  thread: string
  call: string
  /** What it was done to: a path, or a connection. */
  target: string
  rest: string
}

const done = /^(\d+)\s+[\d.]+ (\w+)\(\d+<(.*?)>(?:[,)] ?|$)(.*)$/
const named = /^(\d+)\s+[\d.]+ (openat|rename)\((.*)$/
const unfinished = / <unfinished \.\.\.>$/
const resumed = /^(\d+)\s+[\d.]+ <\.\.\. \w+ resumed>(.*)$/

/** What happened, in the order in which it did. */
export function* events(file: string): Generator<Event> {
  const open = new Map<string, Event>()
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [, again, end] = resumed.exec(line) ?? []
    const begun = again && open.get(again)
    if (begun) {
      yield { ...begun, at: 'done', rest: begun.rest + end }
      open.delete(again)
    }
    const known = line.replace(unfinished, '')
    const of = done.exec(known)
    const [, thread, call, target = '', rest = ''] = of ?? named.exec(known) ?? []
    if (!thread) continue
    const event: Event = {
      at: 'begun',
      thread,
      call: call!,
      ...(of ? { target, rest } : { target: '', rest: target })
    }
    yield event
    if (known !== line) open.set(thread, event)
    else yield { ...event, at: 'done' }
  }
}

/** What a trace proves. */
export interface Proof {
  /** Writes that were answered 2xx. */
  answers: number
  /** How many of them were on disk before. */
  synced: number
  /** How many came before anything was written for them. */
  unwritten: number
  /** Syncs of the log. */
  syncs: number
  /** How often the log was begun anew, after all of it was copied into the database. */
  rounds: number
  faults: string[]
}

/** Follows a trace of the program serving `database`: every answer of a write comes after a sync of what it wrote. */
export function prove(file: string, database: string): Proof {
  const following = new Following(database)
  for (const event of events(file)) following.take(event)
  return following.proof
}

class Following {
  readonly proof: Proof = { answers: 0, synced: 0, unwritten: 0, syncs: 0, rounds: 0, faults: [] }
  readonly #database: string
  readonly #log: string
  readonly #folder: string
  /** Files with bytes that were not synced, and the folder while a name in it was not. */
  readonly #dirty = new Set<string>()
  readonly #names = new Set<string>()
  /** For each connection how often the log had been written to when its request came. */
  readonly #asked = new Map<string, number>()
  /** The threads that synced the log, and not the database since: they may copy from one to the other. */
  readonly #copying = new Set<string>()
  /** For each thread that syncs how often the log had been written to when it began. */
  readonly #syncing = new Map<string, number>()
  #written = 0

  constructor(database: string) {
    this.#database = database
    this.#log = `${database}-wal`
    this.#folder = database.slice(0, database.lastIndexOf('/'))
  }

  take({ at, thread, call, target, rest }: Event) {
    const isSync = call === 'fdatasync' || call === 'fsync'
    const status = target.startsWith('TCP') && /"HTTP\/1\.1 (\d+)/.exec(rest)?.[1]
    if (at === 'begun') {
      if (status) this.#answer(target, status)
      else if (call.startsWith('pwrite')) this.#write(thread, target, rest)
      else if (isSync) this.#syncing.set(thread, this.#written)
    } else if (call === 'read' && /^"(POST|PATCH|PUT|DELETE) /.test(rest)) {
      this.#asked.set(target, this.#written)
    } else if (isSync) {
      this.#sync(thread, target)
    } else if (call === 'rename' || rest.includes('O_CREAT')) {
      for (const name of [this.#database, this.#log]) if (rest.includes(`"${name}"`)) this.#name(name)
    }
  }

  #name(name: string) {
    if (!this.#names.has(name)) this.#dirty.add(this.#folder)
    this.#names.add(name)
  }

  #sync(thread: string, target: string) {
    if (target === this.#database) this.#copying.delete(thread)
    if (target === this.#log) {
      this.proof.syncs++
      this.#copying.add(thread)
      // What was written while another thread synced may be on disk, or not.
      if (this.#syncing.get(thread) !== this.#written) return
    }
    this.#dirty.delete(target)
  }

  #write(thread: string, target: string, rest: string) {
    if (target === this.#log) {
      this.#written++
      // The header of the log, which begins it anew (sqlite.org/fileformat2.html#walformat).
      if (/, 32, 0\b/.test(rest)) this.proof.rounds++
      if (/, 32, 0\b/.test(rest) && this.#dirty.has(this.#database))
        this.proof.faults.push('the log was written over before the database was synced')
    } else if (target === this.#database) {
      if (!this.#copying.has(thread))
        this.proof.faults.push('a page was copied from a log that was not synced')
    } else return
    this.#dirty.add(target)
  }

  #answer(connection: string, status: string) {
    const before = this.#asked.get(connection)
    this.#asked.delete(connection)
    if (before === undefined || !status.startsWith('2')) return
    const { proof } = this
    proof.answers++
    const unsynced = [this.#log, this.#folder].filter((name) => this.#dirty.has(name))
    if (unsynced.length > 0) proof.faults.push(`answer ${proof.answers} came before a sync of ${unsynced}`)
    else if (this.#written === before) proof.unwritten++
    else proof.synced++
  }
}
