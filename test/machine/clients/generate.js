// Generates a client of the document with each generator, into generated/, and bundles the program that calls them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { build } from 'esbuild'
import openapiTS, { astToString } from 'openapi-typescript'
import { generate } from 'orval'
import { generateApi } from 'swagger-typescript-api'

const document = new URL('../../../openapi/openapi.json', import.meta.url)
const input = fileURLToPath(document)
const output = fileURLToPath(new URL('generated', import.meta.url))

// Of an operation that takes JSON and files orval writes one function, whose body is neither: it is told to leave out files.
const { requestBody } = JSON.parse(readFileSync(input, 'utf8')).paths['/v1/media'].post
const files = Object.keys(requestBody.content).filter((type) => type !== 'application/json')

rmSync(output, { recursive: true, force: true })
mkdirSync(`${output}/openapi-typescript`, { recursive: true })
writeFileSync(`${output}/openapi-typescript/types.ts`, astToString(await openapiTS(document)))
await createClient({
  input,
  output: { path: `${output}/hey` },
  plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
  logs: { level: 'error' }
})
await generate({
  input: { target: input },
  output: {
    target: `${output}/orval/client.ts`,
    client: 'fetch',
    mode: 'single',
    override: { contentType: { exclude: files } }
  }
})
await generateApi({ input, output: `${output}/sta`, fileName: 'client.ts', silent: true })
await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: ['sends.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile: 'generated/sends.js',
  logLevel: 'error'
})
