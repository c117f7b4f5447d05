// The standard renditions of the picture on standard input, by sharp and nothing else, so many times and so many at once.
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'

const [count, threads] = process.argv.slice(2, 4).map(Number) as [number, number]
const bytes = await buffer(process.stdin)
sharp.cache(false)
sharp.concurrency(1)
const widths = process.argv[4]!.split(',').map(Number)
let [left, made, peak] = [count, 0, 0]

async function work() {
  while (left-- > 0) {
    const largest = sharp(bytes, { sequentialRead: true }).autoOrient().resize(widths.at(-1)!)
    const { data, info } = await largest.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
    for (const width of widths) {
      const one = () => sharp(data, { raw: info }).resize(width)
      await one().jpeg({ quality: 80, progressive: true }).toBuffer()
      await one().webp({ quality: 78, effort: 4 }).toBuffer()
      await one().avif({ quality: 52, effort: 2, chromaSubsampling: '4:2:0' }).toBuffer()
      made += 3
      peak = Math.max(peak, process.memoryUsage.rss())
    }
  }
}

const from = performance.now()
await Promise.all(Array.from({ length: threads }, work))
const seconds = (performance.now() - from) / 1000
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ made, seconds, processor: (user + system) / 1e6, peak: peak / 1e6 }))
