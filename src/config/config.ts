// All settings, and how they are read from the environment.
import { type Static, Type } from 'typebox'
import { access, loopback } from './access.ts'
import { apps } from './apps.ts'
import { caching } from './caching.ts'
import { files } from './files.ts'
import { textReader } from './json-schema.ts'
import { keeping } from './keeping.ts'
import { outside } from './outside.ts'
import { serving } from './serving.ts'

const Config = Type.Object({
  ...serving,
  ...access,
  ...caching,
  ...apps,
  ...files,
  ...outside,
  ...keeping
})
export type Config = Readonly<Static<typeof Config>>

/** All settings from the environment, with descriptions and defaults. */
export const settings = Object.entries(Config.properties).map(([name, schema]) => {
  const { description, default: standard } = schema as { description?: string; default?: string | number }
  return { name, description, standard }
})

/** Settings that require others. */
const together: [keyof Config, (keyof Config)[]][] = [
  ['ONRECORD_OIDC_ISSUER', ['ONRECORD_OIDC_AUDIENCE']],
  ['ONRECORD_AKISMET_URL', ['ONRECORD_AKISMET_KEY', 'ONRECORD_SITE_URL']]
]

/** An invalid setting, with a message for the operator. */
export class BadConfiguration extends Error {}

/** The defaults of `start`, which is for trying the program on one's own machine. */
export const trial = {
  DATABASE_URL: 'file:data/sample.db',
  ONRECORD_CORS_ORIGINS: loopback,
  ONRECORD_SITE: 'on'
} satisfies Partial<Config>

const readTexts = textReader(Config)

/** Reads the settings, with other defaults if need be. Throws BadConfiguration that names the invalid one. */
export function readConfig(env: NodeJS.ProcessEnv, defaults: Partial<Config> = {}): Config {
  const result = readTexts({ ...defaults, ...env })
  if ('error' in result) {
    const { instancePath, message } = result.error
    const { name, description } = settings.find((one) => instancePath === `/${one.name}`)!
    // A pattern is for machines: the description says what is taken.
    const fault = `${message}`.replace(/^must match pattern .*/s, 'is not of the right form')
    throw new BadConfiguration(`Bad configuration: ${name} ${fault}. ${description}`)
  }
  const read = result.value
  for (const [name, needed] of together)
    if (read[name] !== undefined && needed.some((one) => read[one] === undefined))
      throw new BadConfiguration(`Bad configuration: ${name} needs ${needed.join(' and ')}`)
  if (read.ONRECORD_FILES?.startsWith('s3:') && !(read.AWS_ACCESS_KEY_ID && read.AWS_SECRET_ACCESS_KEY))
    throw new BadConfiguration(
      'Bad configuration: ONRECORD_FILES names a bucket, which needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
    )
  return Object.freeze(read)
}
