// The workflow of an article as a state machine. Permissions are in access/permissions.ts.
import type { states } from '../../content/articles/schema.ts'
import { HttpProblem } from '../../http/problems.ts'

export type State = (typeof states)[number]

interface Transition {
  /** The operationId of the step. */
  operationId: string
  from: State[]
  /** The next state; null where the former one is restored. */
  to: State | null
  /** The participle for messages: "it can be published". */
  participle: string
  writes: string
}

/** All steps. */
export const transitions = {
  submit: {
    operationId: 'submitArticle',
    from: ['draft', 'withdrawn'],
    to: 'in_review',
    participle: 'submitted',
    writes: 'Nothing but the state: the draft waits for an editor.'
  },
  approve: {
    operationId: 'approveArticle',
    from: ['in_review'],
    to: 'approved',
    participle: 'approved',
    writes: 'The state: from now on only editors change the draft.'
  },
  return: {
    operationId: 'returnArticle',
    from: ['in_review', 'approved'],
    to: 'draft',
    participle: 'returned',
    writes: 'The state, and a note in the history that says why.'
  },
  schedule: {
    operationId: 'scheduleArticle',
    from: ['draft', 'in_review', 'approved', 'scheduled', 'published', 'withdrawn'],
    to: 'scheduled',
    participle: 'scheduled',
    writes:
      'When it will be published, and withdrawn; the checks that are waived then. A published article stays published: its next edition, or its end, is planned.'
  },
  unschedule: {
    operationId: 'unscheduleArticle',
    from: ['scheduled', 'published'],
    to: null,
    participle: 'unscheduled',
    writes: 'The state and the times from before it was scheduled.'
  },
  publish: {
    operationId: 'publishArticle',
    from: ['draft', 'in_review', 'approved', 'scheduled', 'published', 'withdrawn'],
    to: 'published',
    participle: 'published',
    writes: 'A new edition, and what everybody reads.'
  },
  withdraw: {
    operationId: 'withdrawArticle',
    from: ['published'],
    to: 'withdrawn',
    participle: 'withdrawn',
    writes: 'The public is answered 410; the editions stay at the desk.'
  }
} as const satisfies Record<string, Transition>
export type Step = keyof typeof transitions

/** The possible steps in a state. */
const stepsFrom = (state: State): Step[] =>
  (Object.keys(transitions) as Step[]).filter((step) =>
    (transitions[step].from as readonly State[]).includes(state)
  )

/** Throws 409 for a step that is not possible in this state, naming those that are. */
export function checkStep(step: Step, state: State) {
  if (stepsFrom(state).includes(step)) return
  const possible = stepsFrom(state).map((one) => transitions[one].participle)
  throw new HttpProblem(
    'conflict',
    `An article of the status ${state} cannot be ${transitions[step].participle}; it can be ${possible.join(', ')}.`
  )
}
