// Millions of reads of everything: does the memory of the server stay?
import { load } from './load.ts'
import { reads } from './reads.ts'
import { onRecord } from './servers.ts'

/** Prints the memory of the server after every tenth of so many million reads. */
export async function soak(file: string, millions: number) {
  const of = reads(file)
  const asked = [...of.articles(), ...of.byTagAndSource(), ...of.quotes()]
  const server = await onRecord(file)
  const sizes: number[] = []
  console.log('| reads, millions | req/s | RSS, MB |\n|---|---|---|')
  for (let tenth = 1; tenth <= 10; tenth++) {
    const { perSecond, rss } = await load(server, asked, { amount: Math.round(millions * 100_000) })
    sizes.push(rss / 2 ** 20)
    console.log(
      `| ${((millions * tenth) / 10).toFixed(2)} | ${perSecond.toFixed(0)} | ${sizes.at(-1)!.toFixed(0)} |`
    )
  }
  const growth = sizes.at(-1)! / Math.max(...sizes.slice(1, 5))
  console.log(
    `\nat the end ${growth.toFixed(2)} of the most in the first half: ${growth <= 1.1 ? 'flat' : 'not flat'}`
  )
  await server.stop()
  of.close()
}
