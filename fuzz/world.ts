// What the driver has learnt of the newsroom: which records there are, and which nobody may know of.
import { pick, type Random } from '../bench/random.ts'
import { parsed } from './contract.ts'

export interface World {
  /** Remembers the records that an answer tells of. */
  learn(body: string): void
  /** Remembers the records that an answer tells of as ones that stay secret. */
  hide(body: string): void
  /** Remembers that what a text has of secret words is public after all. */
  free(text: string): void
  /** Whether a text has a word that stays secret. */
  betrays(text: string): boolean
  /** Whether a text tells of anything secret. */
  tells(text: string): boolean
  /** A record that is there, by the prefix of its id; of the secret ones where that is asked for. */
  idOf(prefix: string, near?: string[], secret?: boolean): string | undefined
  /** How many records of this prefix are known. */
  count(prefix: string): number
  /** The records of this prefix that stay secret. */
  secrets(prefix: string): string[]
  /** Forgets a record that is not there. */
  forget(id: string): void
  /** Remembers that a record was deleted. */
  bury(id: string): void
  /** Remembers that readers see a record. */
  show(id: string): void
  /** A record that readers see. */
  shown(prefix: string): string | undefined
  /** Remembers that this record, and with it what else was deleted, may be there again. */
  revive(id: string): void
  /** Remembers that a record, or every one, was deleted for good. */
  end(id?: string): void
  /** A record that was deleted. */
  deadOf(prefix: string): string | undefined
  /** One that was deleted a while ago at most, and was not deleted for good. */
  trashed(prefix: string): string | undefined
}

/** What every text of a secret record has in it, with a number behind. */
export const secretWord = 'zqsecret'

const wordsOf = (text: string): string[] => text.match(new RegExp(`${secretWord}\\d*`, 'g')) ?? []

export const anId = /\b([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}\b/
const everyId = new RegExp(anId, 'g')
export const idsOf = (text: string) => [...new Set([...text.matchAll(everyId)].map(([id]) => id))]
export const prefixOfId = (id: string) => id.slice(0, 3)

/** How many records of a kind are kept in mind. */
const most = 200

export function newWorld(random: Random): World {
  const known = new Map<string, string[]>()
  const hidden = new Map<string, string[]>()
  const [concealed, dead, free] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const [trash, shown] = [new Set<string>(), new Set<string>()]
  // Records that are no secret, those too that were forgotten since: of a source, 404 may say that it was never merged.
  const open = new Set<string>()
  const kin = new Map<string, Set<string>>()

  const betrays = (text: string) => wordsOf(text).some((word) => !free.has(word))
  const tells = (text: string) => betrays(text) || idsOf(text).some((id) => concealed.has(id))

  function remember(where: Map<string, string[]>, ids: string[]) {
    for (const id of ids) {
      if (dead.has(id)) continue
      const list = where.get(prefixOfId(id)) ?? []
      where.set(prefixOfId(id), [...list.filter((one) => one !== id), id].slice(-most))
      const relatives = kin.get(id) ?? new Set()
      for (const other of ids.slice(0, 20)) relatives.add(other)
      kin.set(id, relatives)
    }
  }

  function hide(body: string) {
    const ids = idsOf(body).filter((id) => !open.has(id))
    for (const id of ids) concealed.add(id)
    remember(hidden, ids)
  }

  function forget(id: string) {
    shown.delete(id)
    for (const where of [known, hidden]) {
      const list = where.get(prefixOfId(id)) ?? []
      where.set(
        prefixOfId(id),
        list.filter((one) => one !== id)
      )
    }
  }

  function latest(all: Set<string>, prefix: string) {
    const ids = [...all].filter((id) => prefixOfId(id) === prefix).slice(-4)
    return ids.length > 0 ? pick(random, ids) : undefined
  }

  const living = (prefix: string, secret = false) => (secret ? hidden : known).get(prefix) ?? []

  return {
    tells,
    betrays,
    free(text) {
      for (const word of wordsOf(text)) free.add(word)
    },
    hide,
    forget,
    learn(body) {
      for (const item of itemsOf(body)) {
        if (tells(item)) hide(item)
        else {
          const ids = idsOf(item)
          for (const id of ids) open.add(id)
          remember(known, ids)
        }
      }
    },
    idOf(prefix, near = [], secret = false) {
      const all = living(prefix, secret)
      const relatives = all.filter((id) => near.some((one) => kin.get(one)?.has(id)))
      if (relatives.length > 0 && random() < 0.8) return pick(random, relatives)
      if (all.length === 0) return undefined
      return pick(random, random() < 0.6 ? all.slice(-4) : all)
    },
    count: (prefix) => living(prefix).length,
    secrets: (prefix) => living(prefix, true),
    bury(id) {
      forget(id)
      dead.add(id)
      trash.add(id)
    },
    revive(id) {
      dead.clear()
      trash.delete(id)
    },
    end: (id) => void (id === undefined ? trash.clear() : trash.delete(id)),
    deadOf(prefix) {
      const ids = [...dead].filter((id) => prefixOfId(id) === prefix)
      return ids.length > 0 ? pick(random, ids) : undefined
    },
    trashed: (prefix) => latest(trash, prefix),
    show: (id) => void shown.add(id),
    shown: (prefix) => latest(shown, prefix)
  }
}

/** The items of a list, or the whole answer. */
export function itemsOf(body: string): string[] {
  if (!body.startsWith('{"data":[')) return [body]
  const page = parsed(body) as { data: unknown[] } | undefined
  return (page?.data ?? []).map((item) => JSON.stringify(item))
}
