// Prints what the linters find in the document: nothing.
import { readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import core from '@stoplight/spectral-core'
import parsers from '@stoplight/spectral-parsers'
import rulesets from '@stoplight/spectral-rulesets'

const source = readFileSync(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8')
const config = await createConfig({ extends: ['recommended-strict'] })
for (const { ruleId, message, location } of await lintFromString({
  source,
  config,
  absoluteRef: 'openapi.json'
}))
  console.log(`Redocly ${ruleId}: ${message} ${location[0]?.pointer}`)
const spectral = new core.Spectral()
spectral.setRuleset({ extends: [rulesets.oas], rules: {} })
for (const { code, message, path } of await spectral.run(new core.Document(source, parsers.Json)))
  console.log(`Spectral ${code}: ${message} ${path.join('/')}`)
