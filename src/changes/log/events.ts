// The names of events. They are a stable API: new ones may be added, none is renamed.

/** Actions, with the past participle in the names of their events. */
const pastTenses = {
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
  review: 'reviewed',
  accept: 'accepted',
  answer: 'answered',
  decline: 'declined',
  merge: 'merged',
  unmerge: 'unmerged',
  flag: 'flagged',
  clear: 'cleared',
  doubt: 'doubted',
  trust: 'trusted',
  expire: 'expiring'
} as const
export type Action = keyof typeof pastTenses

const edited = ['create', 'update', 'delete'] as const

/** The actions of each kind of record; the change log accepts no others. */
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
    'purge',
    'flag',
    'clear'
  ],
  quote: edited,
  attribution: edited,
  source: [...edited, 'merge', 'unmerge', 'doubt', 'trust'],
  media: edited,
  credit: [...edited, 'approve', 'expire'],
  correction: edited,
  comment: [...edited, 'approve', 'reject', 'spam', 'restore', 'hold', 'report'],
  error_report: ['create', 'accept', 'decline', 'delete'],
  allegation: edited,
  reply_request: [...edited, 'answer', 'decline'],
  ban: ['create', 'delete'],
  settings: ['update'],
  term: edited,
  token: ['create', 'revoke', 'rotate'],
  webhook: [...edited, 'rotate', 'enable', 'disable'],
  backup: ['create', 'finish', 'fail', 'delete'],
  export: ['create', 'finish', 'fail', 'delete'],
  import: ['create', 'review', 'finish', 'fail', 'delete'],
  preview: ['create', 'revoke']
} as const satisfies Record<string, readonly Action[]>
export type ChangeKind = keyof typeof actionsOf

export const changeKinds = Object.keys(actionsOf) as ChangeKind[]
export const actions = Object.keys(pastTenses) as Action[]

const names = new Map<string, string>(
  changeKinds.flatMap((kind) =>
    actionsOf[kind].map((action) => [`${kind} ${action}`, `${kind}.${pastTenses[action]}`])
  )
)

/** All names of events. */
export const eventNames = [...names.values()]

/** The event name of a change, such as `article.published`. Throws for one that the tables above lack. */
export function eventOf(kind: string, action: string): string {
  const event = names.get(`${kind} ${action}`)
  if (event === undefined) throw new Error(`changes/log/events.ts has no event for: ${action} a ${kind}`)
  return event
}
