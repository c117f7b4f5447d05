// What the tests use of it: it has no types of its own.
declare module '@20minutes/s3rver' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export default class S3rver {
    constructor(options: {
      directory: string
      silent: boolean
      vhostBuckets: boolean
      serviceEndpoint?: string
      configureBuckets: { name: string }[]
    })
    configureBuckets(): Promise<unknown>
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    /** Of winston, which catches exceptions of the process until it is told not to. */
    logger: { exceptions: { unhandle(): void }; close(): void }
  }
}
