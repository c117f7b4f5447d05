// Articles from memory beside node:http that sends the same bytes, by wrk: autocannon would be the limit of both.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { floorFor } from './comparing.ts'
import { reads } from './reads.ts'
import { onRecord, type Server } from './servers.ts'

const run = promisify(execFile)

/** Prints the requests a second of both, and their ratio, in four turns. Needs wrk (`apt-get install wrk`). */
export async function bareHttp(file: string, seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-wrk-'))
  const of = reads(file)
  const asked = of.articles()
  of.close()
  const paths = asked.map(({ path }) => `'${path}'`).join()
  writeFileSync(
    join(folder, 'paths.lua'),
    `local paths, at = {${paths}}, 0
     request = function() at = at % #paths + 1; return wrk.format('GET', paths[at]) end`
  )
  const turn = async (server: Server) => {
    await server.condition()
    const args = ['-t1', '-c32', `-d${seconds}s`, '-s', join(folder, 'paths.lua'), server.address]
    const { stdout } = await run('wrk', args)
    const total = Number(/(\d+) requests in/.exec(stdout)![1])
    return { perSecond: total / seconds, cpu: (await server.condition()).cpu / total }
  }
  const ours = await onRecord(file)
  const base = await floorFor(ours, asked, 'http')
  for (const server of [base, ours]) await turn(server)
  for (let n = 0; n < 4; n++) {
    const [a, b] = [await turn(base), await turn(ours)]
    const told = [a, b].map(({ perSecond, cpu }) => `${perSecond.toFixed(0)}/s, ${cpu.toFixed(1)} µs`)
    console.log(
      `from memory beside node:http: ${told.reverse().join(' beside ')}: ${(b.perSecond / a.perSecond).toFixed(2)}, by processor time ${(a.cpu / b.cpu).toFixed(2)}`
    )
  }
  await Promise.all([base.stop(), ours.stop()])
  rmSync(folder, { recursive: true })
}
