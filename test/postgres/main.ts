// `npm run test:postgres`: the tests that go through HTTP, or those that are named, on one PostgreSQL server.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { given, server } from './server.ts'

/** Tests that are not about the file of SQLite, its backups, its processes, or the program without a database. */
const files =
  'access access-bypass ai-use anchors approval article-forms batch blocklist bodies caching changes checks commenters comments deliveries desk desk-search discovery editions embeds error-reports external feeds history http idempotency impact imports input invalidation jsonld languages lists-and-search locks merges moderation multilingual-search newsstand ninjs posting previews protected-articles provenance publishing quote-checks redirects reports republishing reviews right-of-reply rights secrecy sitemaps slugs source-reports streams surrogate-keys tokens translations trash webhook-sending webhooks workflow'
    .split(' ')
    .map((name) => `test/${name}.test.ts`)

const named = process.argv.slice(2)
const { port } = await server()
const child = spawn(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    'test/runner/run.ts',

    ...(named.length > 0 ? named : files)
  ],
  { stdio: 'inherit', env: { ...process.env, [given]: String(port) } }
)
const [code] = (await once(child, 'exit')) as [number | null]
process.exit(code ?? 1)
