// What the program has acknowledged, and must therefore still know, whatever happened to it since.

/** What is checked of a record: its version, its state, and words that tell one version from another. */
export type State = Record<string, string | number | null>

/** A record of one writer. */
export interface Known {
  kind: 'article' | 'comment' | 'correction' | 'token' | 'source'
  id: string
  /** As the last acknowledged write left it; null where that deleted it. */
  is: State | null
  /** As a write that was never answered may have left it. */
  maybe?: State | null
}

/** What must stand in the change log, as often as it was acknowledged. */
export interface Deed {
  kind: string
  id: string
  action: string
  version: number | null
}

/** The names of answers to writes that were done. */
export const acknowledged = / 2\d\d$/

/** What answers are counted as that say that there was nothing to write. */
export const unchanged = 'unchanged'

export class Model {
  readonly records = new Map<string, Known>()
  readonly deeds: Deed[] = []
  /** What was answered that should not have been. */
  readonly findings: string[] = []
  /** How often each kind of answer came. */
  readonly answers = new Map<string, number>()

  add(known: Known): Known {
    this.records.set(known.id, known)
    return known
  }

  did(kind: string, id: string, action: string, version: number | null = null) {
    this.deeds.push({ kind, id, action, version })
  }

  count(what: string) {
    this.answers.set(what, (this.answers.get(what) ?? 0) + 1)
  }

  /** How many answers have such a name. */
  counted(name: RegExp): number {
    return [...this.answers].reduce((sum, [one, times]) => sum + (name.test(one) ? times : 0), 0)
  }

  /** Takes what was found in the database for what is so: nothing is unknown any more. */
  settle(actual: (known: Known) => State | null) {
    for (const known of this.records.values()) {
      if (known.maybe === undefined) continue
      known.is = actual(known)
      delete known.maybe
    }
  }
}
