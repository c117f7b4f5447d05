// Reads while something is written so many times a second, beside the same reads when it is quiet.
import { open } from './against/newsroom.ts'
import { type Act, change, comment, republish, whileActing, write } from './against/work.ts'
import { load } from './load.ts'

const kinds: [name: string, act: Act, perSecond: number][] = [
  ['50 waiting comments a second', comment, 50],
  ['1 saved draft a second', change, 1],
  ['10 saved drafts a second', change, 10],
  ['5 publishes a second', republish, 5]
]

/** Prints the processor time and the throughput of a read beside each, as ratios to quiet turns before and after. */
export async function beside(seconds: number) {
  const newsroom = await open(process.cwd())
  const { server, articles } = newsroom
  const asked = articles.map(({ slug }) => ({ path: `/v1/articles/${slug}` }))
  const reading = () => load(server, asked, { seconds })
  for (let n = 0; n < 2; n++) await reading()
  for (const [name, act, perSecond] of kinds) {
    const alone = await write(act, { clients: 1 })(newsroom, 1)
    const quiet = [await reading()]
    const { result: busy, acted } = await whileActing(newsroom, act, perSecond, reading)
    quiet.push(await reading())
    const total = busy.perSecond * seconds
    const cpu = (busy.cpu * total - acted * alone) / total
    const of = (pick: 'cpu' | 'perSecond') => (quiet[0]![pick] + quiet[1]![pick]) / 2
    console.log(
      `article by slug beside ${name}: processor time ${(cpu / of('cpu')).toFixed(2)}, requests ${(busy.perSecond / of('perSecond')).toFixed(2)} of quiet (${of('cpu').toFixed(0)} µs, ${of('perSecond').toFixed(0)}/s)`
    )
  }
  await newsroom.close()
}
