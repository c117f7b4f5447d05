// Is a write on disk before it is answered? The kernel's own calls say so, as strace sees them.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '../bench/random.ts'
import { deeds } from './deeds.ts'
import { acknowledged, Model, unchanged } from './model.ts'
import { launch, ready } from './program.ts'
import { type Proof, prove } from './trace.ts'
import { Writer } from './writer.ts'

const calls = 'read,write,writev,sendmsg,sendto,pwrite64,pwritev,fsync,fdatasync,openat,rename'

export interface Synced extends Proof {
  acknowledged: number
  traced: number
}

/** Has so many writes acknowledged, the first half by one client, the rest by eight, and proves each was synced. */
export async function fsync(amount: number): Promise<Synced> {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-fsync-'))
  const [file, trace] = [join(folder, 'news.db'), join(folder, 'trace')]
  const under = [
    'strace',
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-ttt',
    '-yy',
    '-s',
    '60',
    '-e',
    `trace=${calls}`,
    '-o',
    trace
  ]
  const program = launch(file, { under })
  const address = await ready(program)
  const model = new Model()
  for (const [writers, until] of [
    [1, amount / 2],
    [8, amount]
  ] as const) {
    const some = Array.from(
      { length: writers },
      (_, i) => new Writer(deeds, model, seeded(i + writers), `f${writers}${i}`)
    )
    await Promise.all(some.map((one) => one.run(address, () => model.counted(acknowledged) >= until)))
    for (const one of some) one.close()
  }
  await program.kill()
  const proof = prove(trace, file)
  const told = model.counted(new RegExp(`^${unchanged}$`))
  if (proof.unwritten > told)
    proof.faults.push(
      `${proof.unwritten} answers came before anything was written for them, and ${told} say that nothing changed`
    )
  const traced = statSync(trace).size
  if (proof.faults.length === 0) rmSync(folder, { recursive: true })
  return {
    ...proof,
    acknowledged: model.counted(acknowledged),
    traced,
    faults: [...proof.faults, ...model.findings]
  }
}
