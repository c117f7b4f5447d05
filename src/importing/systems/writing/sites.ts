// The sites that external ids are of. Systems number their posts: those of two sites under one name would take the place of
// each other.
import type { Database, Writer } from '../../../storage/database.ts'
import { siteKey } from '../../metadata/addresses.ts'
import type { SiteItem } from '../item.ts'
import type { Prepared } from '../prepare.ts'
import * as store from './store.ts'

export type SiteCheck = ReturnType<typeof siteCheck>

/** Holds the sites of an export against the one that the system is known by. */
export function siteCheck(db: Database, { system, moved = false }: { system: string; moved?: boolean }) {
  /** Those that this system is known by, and those that it will be known by. */
  const known = new Map<string, string>()
  const fresh = new Map<string, string>()
  let isAsked = false

  return {
    /** Why what follows is not of a site of this system; undefined where it is. */
    async check(entries: Prepared[]): Promise<{ code: string; reason: string } | undefined> {
      for (const entry of entries) {
        if (entry.kind !== 'site') continue
        if (!isAsked) for (const { site, name } of await store.sitesOf(db.read, system)) known.set(site, name)
        isAsked = true
        const site = siteKey(entry.id)
        if (known.has(site)) continue
        const [name] = known.values()
        if (name !== undefined && !moved) return refusalOf(entry, { system, name })
        known.set(site, entry.name ?? entry.id)
        fresh.set(site, entry.name ?? entry.id)
      }
      return undefined
    },
    /** Keeps those that are new, in the transaction that writes something of them. */
    async keep(tx: Writer) {
      for (const [site, name] of fresh) await store.keepSite(tx, { system, site, name })
    }
  }
}

function refusalOf({ place, id, name = id }: SiteItem, known: { system: string; name: string }) {
  const other = isAddress(id) ? nameFrom(siteKey(id)) : `${known.system}-2`
  return {
    code: 'other-site',
    reason:
      `${place} is of ${name}, and the system “${known.system}” has its ids from ${known.name}: ` +
      'what has the same number on both would be taken for one. ' +
      `Import it under a name of its own, such as --system ${other} (over HTTP ?system=${other}); ` +
      'if it is the same site at a new address, say --moved (?moved=true).'
  }
}

const isAddress = (id: string) => /^https?:/i.test(id)

/** A name for a system, made of an address: "paper.example-blog". */
const nameFrom = (site: string) =>
  site
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 63)
