// What answers tell and later requests ask for: keys and forms that no schema makes.
import { pick, type Random } from '../bench/random.ts'
import { parsed } from './contract.ts'
import { addresses, handed } from './hints.ts'
import { at } from './places.ts'
import { idsOf, itemsOf } from './world.ts'

export interface Handed {
  /** Remembers what an answer tells. */
  learn(body: string): void
  /** What was told for a place of a request: with this record, where one is given. */
  value(place: string, about?: string): string | undefined
  /** The parts of an address that was told for an operation. */
  address(operation: string): Record<string, string> | undefined
  /** A body with what was told for its properties, mostly. */
  filled(body: unknown, names: string[], about?: string): unknown
}

interface Told {
  /** The record that it was told with. */
  about: string | undefined
  text: string
}

/** How much is kept in mind for each place. */
const most = 100

export function newHanded(random: Random): Handed {
  const known = new Map<string, Told[]>()
  const told = new Map<string, Record<string, string>[]>()

  function keep(place: string, one: Told) {
    known.set(place, [...(known.get(place) ?? []), one].slice(-most))
  }

  function value(place: string, about?: string) {
    const all = known.get(place) ?? []
    const fitting = about === undefined ? all : all.filter((one) => one.about === about)
    return fitting.length > 0 ? pick(random, fitting.slice(-4)).text : undefined
  }

  return {
    value,
    address(operation) {
      const all = told.get(operation) ?? []
      return all.length > 0 ? pick(random, all.slice(-4)) : undefined
    },
    learn(body) {
      for (const [operation, address] of Object.entries(addresses))
        for (const { groups } of body.matchAll(address))
          told.set(operation, [...(told.get(operation) ?? []), groups!].slice(-most))
      for (const item of itemsOf(body)) {
        const record = parsed(item)
        for (const [place, pointer] of Object.entries(handed)) {
          const text = at(record, pointer.split('/').slice(1))
          if (typeof text === 'string') keep(place, { about: idsOf(item)[0], text })
        }
      }
    },
    filled(body, names, about) {
      const told = names.flatMap((name) => {
        const text = value(`body.${name}`, about)
        return text === undefined ? [] : [[name, text]]
      })
      return told.length > 0 && random() < 0.8 ? { ...(body as object), ...Object.fromEntries(told) } : body
    }
  }
}
