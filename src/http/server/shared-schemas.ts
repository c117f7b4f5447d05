// The schemas that operations share, as Fastify keeps them for each of its contexts (its "schema bucket").
import type { FastifyInstance, FastifyServerOptions } from 'fastify'

type Bucket = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['bucket']>

/**
 * Fastify's own bucket copies each schema, and all of them again for every route that asks. Nobody changes ours, so all
 * services of a process have the same objects: a comparison shows that their validators are the same too.
 */
export const sharedSchemas: Bucket = (inherited) => {
  let schemas = (inherited ?? {}) as Record<string, unknown>
  // What others have seen is not changed but replaced.
  let isSeen = true
  return {
    add(schema) {
      const { $id } = schema as { $id: string }
      if (isSeen) schemas = { ...schemas }
      isSeen = false
      schemas[$id] = schema
      // Its type says that it answers the server, but Fastify takes no notice.
      return undefined as unknown as FastifyInstance
    },
    getSchema: (id) => schemas[id],
    getSchemas() {
      isSeen = true
      return schemas
    }
  }
}
