// The page of /docs: Swagger UI from this server, with a script and a style of our own beside it.
import { readFileSync } from 'node:fs'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { sendFile } from '../static-files.ts'
import { documentFile } from './file.ts'

const script = readFileSync(new URL('reader.js', import.meta.url), 'utf8')

// Hides the bar that asks for the URL of another document; small print stands out from its ground by 4.5 to 1 (WCAG 2.1,
// 1.4.3); tables of parameters fit a phone.
const style = `.swagger-ui .topbar { display: none }
html:not(.dark-mode) .swagger-ui .info .title small { background: #4b5563 }
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp { background: #3f6600 }
html:not(.dark-mode) .swagger-ui .info a { color: #1f5fa8 }
html:not(.dark-mode) .swagger-ui .info .url { color: #1f5fa8 }
html:not(.dark-mode) .swagger-ui .json-schema-2020-12-expand-deep-button { color: #4b5563 }
html:not(.dark-mode) .swagger-ui .btn.authorize { color: #166b45; border-color: #166b45 }
html:not(.dark-mode) .swagger-ui .btn.authorize svg { fill: #166b45 }
html:not(.dark-mode) .swagger-ui .opblock-get .opblock-summary-method { background: #1f5fa8 }
html:not(.dark-mode) .swagger-ui .opblock-post .opblock-summary-method { background: #166b45 }
html:not(.dark-mode) .swagger-ui .opblock-put .opblock-summary-method { background: #8a4b00 }
html:not(.dark-mode) .swagger-ui .opblock-patch .opblock-summary-method { background: #0f6a63 }
html:not(.dark-mode) .swagger-ui .opblock-delete .opblock-summary-method { background: #b42318 }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 8px }
  .swagger-ui .parameters, .swagger-ui .parameters tbody, .swagger-ui .parameters tr, .swagger-ui .parameters td { display: block; width: auto }
  .swagger-ui .parameters thead { display: none }
  .swagger-ui .parameters input, .swagger-ui .parameters select { width: 100%; max-width: 100%; box-sizing: border-box }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100% }
  .swagger-ui pre, .swagger-ui .markdown code { overflow-wrap: anywhere }
}`

const pages = {
  routePrefix: '/docs',
  staticCSP: {
    'default-src': "'none'",
    'connect-src': "'self'",
    'script-src': "'self'",
    // It writes style attributes, and shows icons of its style sheet.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'"
  },
  // No badge of swagger.io's validator, to which it would send this URL.
  uiConfig: { docExpansion: 'list', deepLinking: true, filter: true, validatorUrl: null },
  theme: {
    title: 'On Record API',
    css: [{ filename: 'theme.css', content: style }],
    js: [{ filename: 'reader.js', content: script }]
  }
} satisfies Parameters<typeof swaggerUi>[1]

/**
 * Where Swagger UI has the document: sent as it was written, for to make it, and YAML of it, would hold up everybody for a
 * second. JSON is YAML, too (YAML 1.2.2, 1.2).
 */
const documents: Record<string, string> = {
  '/docs/json': 'application/json; charset=utf-8',
  '/docs/yaml': 'application/yaml; charset=utf-8'
}

/** Serves /docs. */
export const serveReader = (app: FastifyInstance) =>
  app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      const type = documents[route.url]
      if (type) route.handler = sendFile(documentFile, type)
    })
    await docs.register(swaggerUi, pages)
  })
