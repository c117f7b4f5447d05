// Loaded with a program (`node --import`): prints at its end how much processor time and memory it took.
import { isMainThread } from 'node:worker_threads'

process.once('exit', () => {
  if (!isMainThread) return
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  process.stderr.write(`usage ${JSON.stringify({ cpu: userCPUTime + systemCPUTime, rss: maxRSS * 1024 })}\n`)
})
