// The command `media`: it works on files and database, whether the service runs or not.
import { parseArgs } from 'node:util'
import type { Config } from '../../config/config.ts'
import type { Database } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import { openBlobs } from '../service.ts'
import { check } from './check.ts'
import { grace, sweep } from './sweep.ts'

/** `media check [--digests]`, `media sweep`. Throws a Refusal where a file is not as it should be. */
export async function media(
  args: string[],
  open: () => Promise<Database>,
  { ONRECORD_FILES }: Pick<Config, 'ONRECORD_FILES'>,
  say: (line: string) => void
): Promise<void> {
  const options = { digests: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [work] = positionals
  if (positionals.length !== 1 || (work !== 'check' && work !== 'sweep'))
    throw new Refusal('npm run media -- check [--digests] | sweep')
  const db = await open()
  try {
    const store = await openBlobs(db, ONRECORD_FILES)
    if (work === 'sweep') {
      const { orphans, interrupted } = await sweep(db, store, Date.now() - grace)
      say(`${orphans} files that no record names and ${interrupted} that were never complete are removed.`)
      return
    }
    let faults = 0
    const { files, renditions, orphans } = await check(db.read, store, {
      digests: values.digests,
      tell(fault) {
        faults++
        say(fault)
      }
    })
    say(`${orphans} more are named by no record: npm run media -- sweep removes those older than a day.`)
    const found = `${files} files and ${renditions} renditions: ${faults} are not as they should be.`
    if (faults > 0) throw new Refusal(found)
    say(found)
  } finally {
    await db.close()
  }
}
