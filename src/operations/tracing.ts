// OpenTelemetry traces: a span for each request, without any input of clients. Imported lazily, only when traces are
// exported.
import { FastifyOtelInstrumentation } from '@fastify/otel'
import { SpanStatusCode } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-node'
import type { FastifyInstance } from 'fastify'

/** The attributes of a span that are exported. */
const exportedAttributes = [
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'onrecord.operation',
  'onrecord.request_id'
]

/** Exports a span for every request to a collector, until the app is closed. */
export async function trace(app: FastifyInstance, endpoint: string, name: string) {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name }),
    spanProcessors: [new RedactingProcessor(exporter)]
  })
  // Continues traces of clients (W3C Trace Context).
  provider.register()
  const otel = new FastifyOtelInstrumentation({
    instrumentHooks: false,
    instrumentHandler: false,
    recordExceptions: false,
    requestHook(span, { id, method, routeOptions: { url, schema } }) {
      span.updateName(`${method} ${url ?? 'unknown'}`)
      span.setAttributes({ 'onrecord.request_id': id, 'onrecord.operation': schema?.operationId })
    }
  })
  otel.setTracerProvider(provider)
  await app.register(otel.plugin())
  app.addHook('onClose', () => provider.shutdown())
}

/**
 * Removes client input from a span: URLs, and messages of errors. The status of a 4xx is unset (OpenTelemetry, semantic
 * conventions of HTTP, status); @fastify/otel sets it to error for everything that is thrown.
 */
class RedactingProcessor extends BatchSpanProcessor {
  override onEnd(span: ReadableSpan) {
    const { attributes, status } = span
    for (const name of Object.keys(attributes))
      if (!exportedAttributes.includes(name)) delete attributes[name]
    delete status.message
    if (Number(attributes['http.response.status_code']) < 500) status.code = SpanStatusCode.UNSET
    super.onEnd(span)
  }
}
