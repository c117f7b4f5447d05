// Draws the story on standard input with each framework, and prints what came out.
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { compile, compileModule } from 'svelte/compiler'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import * as html from '../dist/components/html.js'
import * as react from '../dist/components/react.js'
import * as vue from '../dist/components/vue.js'

const story = JSON.parse(await text(process.stdin))

/** Compiles Svelte components for a server, as its plug-ins of bundlers do. */
const svelte = {
  name: 'svelte',
  setup({ onLoad }) {
    const load = (compiled) => ({ contents: compiled.js.code, loader: 'js' })
    onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      return load(compile(source, { filename: path, generate: 'server' }))
    })
    onLoad({ filter: /\.svelte\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      return load(compileModule(source, { filename: path, generate: 'server' }))
    })
  }
}

async function svelteParts() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './dist/components/svelte.js'; export { render } from 'svelte/server'`,
      resolveDir: process.cwd()
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['svelte'],
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire('${import.meta.url}')`
    },
    plugins: [svelte]
  })
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  return import(url)
}

const { render, ...svelteNames } = await svelteParts()
const kinds = {
  html: {
    Body: html.bodyHtml,
    Lead: html.leadHtml,
    Corrections: html.correctionsHtml,
    Voices: html.voicesHtml
  },
  react: { Body: react.Body, Lead: react.Lead, Corrections: react.Corrections, Voices: react.Voices },
  vue: { Body: vue.Body, Lead: vue.Lead, Corrections: vue.Corrections, Voices: vue.Voices },
  svelte: svelteNames
}
const draw = {
  html: (part) => part(story),
  react: (part) => renderToStaticMarkup(createElement(part, { story })),
  vue: (part) => renderToString(createSSRApp({ render: () => h(part, { story }) })),
  svelte: (part) => render(part, { props: { story } }).body
}
const drawn = {}
for (const [kind, parts] of Object.entries(kinds)) {
  drawn[kind] = {}
  for (const name of ['Body', 'Lead', 'Corrections', 'Voices'])
    drawn[kind][name] = await draw[kind](parts[name])
}
process.stdout.write(JSON.stringify(drawn))
