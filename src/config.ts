import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const Config = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'The address to listen on.' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: 'The port to listen on; 0 for any free one.'
  }),
  DATABASE_URL: Type.String({
    default: 'file:data/onrecord.db',
    pattern: '^file:.',
    description: 'Where the database file is.'
  }),
  ONRECORD_ADMIN_TOKEN: Type.Optional(
    Type.String({
      pattern: '^onr_[\\w-]{1,200}$',
      description: 'A fixed admin token, for tests and first boot.'
    })
  ),
  LOG_LEVEL: Type.String({
    default: 'warn',
    pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
    description: 'How much to log.'
  })
})
export type Config = Readonly<Static<typeof Config>>

/** Every name the environment may set, with what it means and what holds without it. */
export const settings = Object.entries(Config.properties).map(([name, schema]) => {
  const { description, default: standard } = schema as { description?: string; default?: string | number }
  return { name, description, standard }
})

/** A setting that cannot be, for the person who set it. */
export class BadConfiguration extends Error {}

/** The one place that reads the environment. Throws BadConfiguration naming the setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const config = Value.Convert(Config, Value.Default(Config, Value.Clean(Config, { ...env })))
  const [error] = Value.Errors(Config, config)
  if (error) throw new BadConfiguration(`Bad configuration: ${error.instancePath.slice(1)} ${error.message}`)
  return Object.freeze(config as Static<typeof Config>)
}
