// What every change is called by those who are told of it. These names are promised: one is added, none is renamed.

/** What was done, in the words of the change log and in those of its events. */
const past = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  submit: 'submitted',
  approve: 'approved',
  return: 'returned',
  reject: 'rejected',
  spam: 'spammed',
  hold: 'held',
  report: 'reported',
  schedule: 'scheduled',
  unschedule: 'unscheduled',
  publish: 'published',
  withdraw: 'withdrawn',
  restore: 'restored',
  revoke: 'revoked',
  rotate: 'rotated',
  enable: 'enabled',
  disable: 'disabled',
  finish: 'finished',
  fail: 'failed',
  purge: 'purged',
  review: 'reviewed'
} as const
export type Action = keyof typeof past

const edited = ['create', 'update', 'delete'] as const

/** What may be done to each kind of record; the change log takes nothing else. */
const actionsOf = {
  article: [
    ...edited,
    'submit',
    'approve',
    'return',
    'schedule',
    'unschedule',
    'publish',
    'withdraw',
    'restore',
    'purge'
  ],
  quote: edited,
  attribution: edited,
  source: edited,
  media: edited,
  credit: edited,
  correction: edited,
  comment: [...edited, 'approve', 'reject', 'spam', 'restore', 'hold', 'report'],
  ban: ['create', 'delete'],
  settings: ['update'],
  term: edited,
  token: ['create', 'revoke', 'rotate'],
  webhook: [...edited, 'rotate', 'enable', 'disable'],
  backup: ['create', 'finish', 'fail', 'delete'],
  import: ['create', 'review', 'delete']
} as const satisfies Record<string, readonly Action[]>
export type ChangeKind = keyof typeof actionsOf

export const changeKinds = Object.keys(actionsOf) as ChangeKind[]
export const actions = Object.keys(past) as Action[]

const names = new Map<string, string>(
  changeKinds.flatMap((kind) =>
    actionsOf[kind].map((action) => [`${kind} ${action}`, `${kind}.${past[action]}`])
  )
)

/** Every event there is. */
export const eventNames = [...names.values()]

/** The event that a change is: `article.published`. Throws for one that the tables above do not know. */
export function eventOf(kind: string, action: string): string {
  const event = names.get(`${kind} ${action}`)
  if (event === undefined) throw new Error(`changes/events.ts has no event for: ${action} a ${kind}`)
  return event
}
