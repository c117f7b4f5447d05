// What npm run torture proves at length, in short: real processes that are killed, and files that were damaged.
import t from 'tap'
import { Refusal } from '../../src/storage/opening/refusal.ts'
import { type Opened, open } from '../../src/storage/sqlite/open.ts'
import { bytesOf, stage, verdict } from '../../torture/damage.ts'
import { damages } from '../../torture/damages.ts'
import { scenes } from '../../torture/scenes.ts'
import { storm } from '../../torture/storm.ts'
import { folder } from '../support/app.ts'
import { unmeasured } from '../support/commands.ts'

t.test(
  'nothing that was acknowledged is lost when the program is killed, and nothing is there by half',
  async (t) => {
    const { findings, acknowledged, starts } = await storm({
      kills: 3,
      seed: 11,
      crowd: false,
      env: unmeasured
    })
    t.same(findings, [])
    t.ok(acknowledged > 0)
    t.ok(starts.one.length > 0)
  }
)

t.test('a start over damaged files says in one sentence what is wrong, and leaves them alone', async (t) => {
  const home = folder(t)
  const all = await scenes(home)
  for (const damage of damages) {
    // Nothing is forbidden to root.
    if (damage.asNobody && process.getuid?.() === 0) continue
    const file = stage(home, damage, all)
    const before = bytesOf(file)
    const said = await refusalOf(() => open(`file:${file}`))
    t.equal(verdict(damage, said), undefined, damage.name)
    if (said !== null) t.same(bytesOf(file), before, `${damage.name} is left alone`)
  }
})

/** What a Refusal says; null where there is none. */
async function refusalOf(start: () => Opened): Promise<string | null> {
  try {
    await start().close()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
