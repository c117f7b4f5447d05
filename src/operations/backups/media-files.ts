// The command `media`: it works on files and database, whether the service runs or not.
import { parseArgs } from 'node:util'
import type { Config } from '../../config/config.ts'
import type { Blobs } from '../../files/blobs/blobs.ts'
import { openBlobs } from '../../files/blobs/open.ts'
import { check } from '../../files/upkeep/check.ts'
import { countOf } from '../../files/upkeep/named.ts'
import { rebuild } from '../../files/upkeep/rebuild.ts'
import { grace, orphansIn, sweep } from '../../files/upkeep/sweep.ts'
import { type Output, progress } from '../../importing/commands/progress.ts'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { withCount } from '../../storage/text/with-count.ts'

const usage = 'npm run media -- verify [--quick] | orphans [--remove] | rebuild-renditions [--all]'

/** The works of the command, each with the option that it takes. */
const works = {
  verify: { option: 'quick', run: verify },
  orphans: { option: 'remove', run: orphans },
  'rebuild-renditions': { option: 'all', run: rebuildRenditions }
}

/** What a work has to do with. */
interface Work {
  db: Database
  store: Blobs
  /** Whether its option was given. */
  isChosen: boolean
  /** Whether backups hold the files. */
  isBackedUp: boolean
  threads: number
  out: Output
  err: Output
}

/** `media verify|orphans|rebuild-renditions`: whether all is as it should be. Throws a Refusal for another work. */
export async function media(
  args: string[],
  open: () => Promise<Database>,
  { config, terminal }: { config: Config; terminal: { stdout: Output; stderr: Output } }
): Promise<boolean> {
  const flag = { type: 'boolean' } as const
  const options = { quick: flag, remove: flag, all: flag }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name = ''] = positionals
  const work = Object.hasOwn(works, name) ? works[name as keyof typeof works] : undefined
  if (work === undefined || positionals.length > 1) throw new Refusal(usage)
  const other = Object.keys(values).find((option) => option !== work.option)
  if (other !== undefined) throw new Refusal(`${name} has no --${other}: ${usage}`)
  const db = await open()
  try {
    const store = await openBlobs(db, config)
    const isChosen = Object.hasOwn(values, work.option)
    const { stdout: out, stderr: err } = terminal
    const isBackedUp = config.ONRECORD_BACKUP_FILES === 'all'
    return await work.run({ db, store, isChosen, isBackedUp, threads: config.ONRECORD_THREADS, out, err })
  } finally {
    await db.close()
  }
}

/** Holds every record against its bytes. With `--quick` they are counted, and not read. */
async function verify({ db, store, isChosen: isQuick, isBackedUp, out, err }: Work): Promise<boolean> {
  const count = await countOf(db.read)
  const shown = progress(out, err, count.files + count.renditions)
  let faults = 0
  const { files, renditions, orphans } = await check(db.read, store, {
    digests: !isQuick,
    tell(fault) {
      if (fault === undefined) return shown.done([])
      faults++
      shown.failed(fault)
    }
  })
  shown.end()
  out.write(
    `${withCount(files, 'file')} and ${withCount(renditions, 'rendition')}: ${withCount(faults, 'fault')}.\n`
  )
  if (!isBackedUp)
    out.write(
      'Backups do not hold them (ONRECORD_BACKUP_FILES=none): their folder or bucket has to be saved otherwise.\n'
    )
  if (orphans > 0)
    out.write(
      `Named by no record: ${withCount(orphans, 'more file')} (npm run media -- orphans tells which).\n`
    )
  return faults === 0
}

/** Lists the files that no record names, or removes those that are older than a day. */
async function orphans({ db, store, isChosen: isRemoving, out }: Work): Promise<boolean> {
  if (isRemoving) {
    const { orphans, interrupted } = await sweep(db, store, Date.now() - grace)
    out.write(
      `Removed: ${withCount(orphans, 'file')} that no record names, and ${withCount(interrupted, 'incomplete one')}.\n`
    )
    return true
  }
  let [count, bytes] = [0, 0]
  for await (const some of orphansIn(db.read, store))
    for (const one of some) {
      count++
      bytes += one.bytes
      out.write(
        `${one.digest}: ${withCount(one.bytes, 'byte')}, put there ${new Date(one.putAt).toISOString()}\n`
      )
    }
  out.write(
    `Named by no record: ${withCount(count, 'file')} (${withCount(bytes, 'byte')}); --remove removes those older than a day.\n`
  )
  return true
}

/** Makes renditions anew that are not as they were, or could not be made; with `--all` every one. */
async function rebuildRenditions({
  db,
  store,
  isChosen: isForAll,
  threads,
  out,
  err
}: Work): Promise<boolean> {
  const { sets } = await countOf(db.read)
  const shown = progress(out, err, sets)
  let failed = 0
  const made = await rebuild(db, store, {
    isForAll,
    threads,
    tell(fault) {
      if (fault === undefined) return shown.done([])
      failed++
      shown.failed(fault)
    }
  })
  shown.end()
  out.write(
    `${withCount(sets, 'set of renditions', 'sets of renditions')}: ${made} made anew, ${failed} could not be made.\n`
  )
  return failed === 0
}
