// Files of media in a bucket of a store that is not ours.
import t from 'tap'
import { checkStore } from '../../src/files/blobs/open.ts'
import { bucketClient } from '../../src/files/blobs/s3/client.ts'
import { keepsFiles, type Settings } from '../support/buckets.ts'
import { missing } from './programs.ts'
import { swift } from './swift.ts'

const packages = 'swift-proxy swift-account swift-container swift-object'

t.test(
  'files are kept in a bucket of OpenStack Swift',
  missing('swift-proxy-server', packages),
  async (t) => {
    const endpoint = await swift(t)
    const settings: Settings = {
      ONRECORD_FILES: 's3://harbour-news/pictures',
      ONRECORD_S3_ENDPOINT: endpoint,
      ONRECORD_S3_REGION: 'us-east-1',
      ONRECORD_S3_ADDRESSING: 'path',
      AWS_ACCESS_KEY_ID: 'news:desk',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: undefined
    }
    await t.rejects(checkStore(settings), /There is no bucket harbour-news at/)
    const name = 'harbour-news'
    const keys = { accessKeyId: 'news:desk', secretAccessKey: 'secret' }
    const client = bucketClient({
      name,
      prefix: '',
      endpoint,
      region: 'us-east-1',
      addressing: 'path',
      ...keys
    })
    ;(await client.send({ method: 'PUT' })).resume()
    client.close()
    await t.rejects(checkStore({ ...settings, AWS_SECRET_ACCESS_KEY: 'guessed' }), /does not take these keys/)
    await t.rejects(checkStore({ ...settings, AWS_ACCESS_KEY_ID: 'news:guest' }), /These keys may not list/)
    await t.rejects(checkStore({ ...settings, ONRECORD_S3_REGION: 'elsewhere' }), /in another region/)
    await checkStore(settings)
    await keepsFiles(t, settings)
  }
)
