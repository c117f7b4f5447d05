// Prints the size of the client in a browser, in bytes after gzip; fails where it needs what only Node has.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: ['dist/index.js'],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'browser'
})
process.stdout.write(String(gzipSync(outputFiles[0].contents).length))
