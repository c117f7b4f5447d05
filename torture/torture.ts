// npm run torture: what must hold when everything goes wrong. Ends with 1 when it does not.
import { spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { damage } from './damage.ts'
import { failover } from './failover.ts'
import { fsync } from './fsync.ts'
import { fill, mountable, mounting } from './fulldisk.ts'
import { soak } from './soak.ts'
import { storm } from './storm.ts'

const usage = `npm run torture -- WHAT...

  --kills N      kill -9 at N random moments while eight clients write, and check after each (--seed S)
  --fsync N      N writes under strace: was each on disk before it was answered?
  --full-disk    a small disk that fills up, and has room again
  --soak MINUTES 300 requests a second, a fifth of them writes: do memory and file descriptors stay?
  --failover     kills the primary of PostgreSQL under writers and has its standby promoted (--promotions N, 10 by default)
  --damage       starts over files that were cut, swapped, zeroed (--trials N with random damage besides)`

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    fsync: { type: 'string' },
    'full-disk': { type: 'boolean' },
    /** Set by itself, where it may mount. */
    mounted: { type: 'boolean' },
    damage: { type: 'boolean' },
    failover: { type: 'boolean' },
    promotions: { type: 'string', default: '10' },
    soak: { type: 'string' },
    trials: { type: 'string', default: '40' }
  }
})

const say = (line: string) => process.stdout.write(`${line}\n`)

// What was started is killed on the way out.
process.once('SIGINT', () => process.exit(130))

/** Says what was found wrong, and ends with 1 if anything was. */
function conclude(findings: string[]) {
  for (const finding of findings.slice(0, 20)) say(`FOUND ${finding}`)
  say(`${findings.length} findings; load of the machine ${loadavg()[0]!.toFixed(1)}`)
  if (findings.length > 0) process.exitCode = 1
}

const list = (counts: Iterable<[string, number]>) =>
  [...counts].map(([what, times]) => `${what}: ${times}`).join(', ')

function spread(name: string, values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => `${Math.round(sorted[Math.ceil(sorted.length * share) - 1]!)} ms`
  if (sorted.length > 0)
    say(`${name}: ${sorted.length}, half within ${at(0.5)}, 9 of 10 ${at(0.9)}, all ${at(1)}`)
}

async function stormy(kills: number) {
  const outcome = await storm({ kills, seed: Number(values.seed), told: say })
  say(`kills: ${list(Object.entries(outcome.kills))}`)
  say(`acknowledged writes ${outcome.acknowledged}, never answered ${outcome.unanswered}`)
  spread('from start to first answer, one process', outcome.starts.one)
  spread('from start to first answer, two processes', outcome.starts.several)
  spread('processor time of such a start', outcome.work)
  conclude(outcome.findings)
}

async function synced(amount: number) {
  if (spawnSync('strace', ['-V']).error) {
    say('This needs strace: apt-get install strace')
    return
  }
  const { answers, synced, acknowledged, syncs, rounds, faults } = await fsync(amount)
  say(`${synced} of ${answers} answers came after a sync of the log (${acknowledged} were acknowledged)`)
  say(`${syncs} syncs of the log, which was begun ${rounds} times`)
  conclude(acknowledged === answers ? faults : [...faults, 'the trace misses answers'])
}

async function full() {
  const hindrance = mountable()
  if (values.mounted) await filled()
  else if (hindrance) say(`This needs to mount a small disk, as root or where users may: ${hindrance}`)
  else process.exitCode = await mounting(['--full-disk', '--mounted'])
}

async function filled() {
  const { answers, reads, recovery, acknowledged, findings } = await fill()
  say(`writes on the full disk: ${list(answers)}`)
  say(`reads meanwhile: ${reads.answered} of ${reads.asked} answered 200`)
  say(
    `with room again, the first write was acknowledged after ${recovery.toFixed(0)} ms; ${acknowledged} in all`
  )
  conclude(reads.answered === reads.asked ? findings : [...findings, 'reads failed'])
}

async function damaged(trials: number) {
  const { refused, served, random, findings } = await damage(trials)
  say(`of ${refused + served} damages ${refused} were refused, ${served} did no harm`)
  say(`${trials} with one random page damaged: ${list(random)}`)
  conclude(findings)
}

async function failing(kills: number) {
  const how = { seed: Number(values.seed), told: say }
  const kept = await failover({ ...how, kills, isSynchronous: true })
  say(
    `acknowledged writes ${kept.acknowledged}, lost ${kept.lost.length}, outcome unknown ${kept.unanswered}`
  )
  say(
    `what is kept was read ${kept.kept} times meanwhile; of other reads ${kept.refused} were told to come again`
  )
  spread('from promotion to first acknowledged write', kept.afterPromotion)
  spread('from kill to first acknowledged write', kept.afterKill)
  say('The control run: an asynchronous standby whose link has stalled')
  const control = await failover({ ...how, kills: 1, isSynchronous: false })
  say(`acknowledged writes ${control.acknowledged}, lost ${control.lost.length}`)
  conclude([
    ...kept.findings,
    ...control.findings,
    ...(control.lost.length > 0 ? [] : ['the control run lost nothing: this test is blind']),
    ...(control.noticed ? [] : ['a node that lacks what it acknowledged did not say so, or wrote on'])
  ])
}

if (values.kills) await stormy(Number(values.kills))
if (values.fsync) await synced(Number(values.fsync))
if (values['full-disk']) await full()
if (values.failover) await failing(Number(values.promotions))
if (values.damage) await damaged(Number(values.trials))
if (values.soak) conclude(await soak(Number(values.soak), say))
if (process.argv.length === 2) say(usage)
