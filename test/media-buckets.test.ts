// Files of media in a bucket of an S3-compatible store.
import t from 'tap'
import { bucketServer, keepsFiles } from './buckets.ts'

t.test('files are kept in a bucket as they are in a folder', async (t) => {
  const { settings, state } = await bucketServer(t)
  await keepsFiles(t, settings)
  t.notOk(
    state.asked.some((one) => !/^\w+ \/news(?:\?|\/pictures\/)/.test(one)),
    'nothing else of the bucket is touched'
  )
})
