// OpenTelemetry traces: a span for each request, of what it was and how it ended; nothing that a client wrote.
// Nobody imports this file unless traces are to be sent.
import { FastifyOtelInstrumentation } from '@fastify/otel'
import { SpanStatusCode } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-node'
import type { FastifyInstance } from 'fastify'

/** What of a span is sent. */
const told = [
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'onrecord.operation',
  'onrecord.request_id'
]

/** Sends a span for every request to a collector, until the app is closed. */
export async function trace(app: FastifyInstance, endpoint: string, name: string) {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': name }),
    spanProcessors: [new Plain(exporter)]
  })
  // Takes up the traces of those who ask (W3C Trace Context).
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
 * Leaves out of a span what may have come from a client: addresses, and the words of errors. A 4xx is the client's: its
 * status is unset (OpenTelemetry, semantic conventions of HTTP, status), where @fastify/otel says error for all that is thrown.
 */
class Plain extends BatchSpanProcessor {
  override onEnd(span: ReadableSpan) {
    const { attributes, status } = span
    for (const name of Object.keys(attributes)) if (!told.includes(name)) delete attributes[name]
    delete status.message
    if (Number(attributes['http.response.status_code']) < 500) status.code = SpanStatusCode.UNSET
    super.onEnd(span)
  }
}
