// The kinds of metrics, loaded one by one: the index of prom-client loads OpenTelemetry and digests of quantiles too, which
// takes a fortieth of a start and which only metrics of the process use.
import { createRequire } from 'node:module'

type Client = typeof import('prom-client')

const load = createRequire(import.meta.url)
export const Counter: Client['Counter'] = load('prom-client/lib/counter')
export const Gauge: Client['Gauge'] = load('prom-client/lib/gauge')
export const Histogram: Client['Histogram'] = load('prom-client/lib/histogram')
export const Registry: Client['Registry'] = load('prom-client/lib/registry')
