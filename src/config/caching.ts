// How long public answers are kept, here and in the caches of others.
import { Type } from 'typebox'

const seconds = { minimum: 0, maximum: 31_536_000 }

export const caching = {
  ONRECORD_CACHE_MB: Type.Integer({
    default: 83,
    minimum: 0,
    maximum: 65536,
    description: 'How much of the public answers each process keeps in memory, in MB.'
  }),
  ONRECORD_MAX_AGE: Type.Integer({
    ...seconds,
    default: 5,
    description: 'For how many seconds public answers are fresh in the caches of others.'
  }),
  ONRECORD_STALE_WHILE_REVALIDATE: Type.Integer({
    ...seconds,
    default: 60,
    description: 'For how many seconds more they may be shown while they are asked for anew (RFC 5861).'
  }),
  ONRECORD_STALE_IF_ERROR: Type.Integer({
    ...seconds,
    default: 86_400,
    description: 'For how many seconds more they may be shown while this service does not answer (RFC 5861).'
  })
}
