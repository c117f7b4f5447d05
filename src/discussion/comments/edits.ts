// What the rules say of the new words that its author gives a comment.
import type { Writer } from '../../storage/database.ts'
import { read } from '../rules/facts.ts'
import { judge, rulesOfEdits } from '../rules/list.ts'
import { type CommentIntake, holdingFor } from './intake.ts'
import { statusOf } from './posting.ts'
import type { Row } from './store.ts'

/** What becomes of a comment whose words are new. Throws what the rules refuse. */
export type Judge = (tx: Writer, comment: Row) => Promise<Pick<Row, 'status' | 'rules' | 'fingerprint'>>

/** These say why a comment waits whatever its words are. */
const lasting = ['reports', 'akismet']

/** New words may make a comment wait, or spam; none of them shows what waits for a moderator. */
export const editing =
  (reception: CommentIntake): Judge =>
  async (tx, { articleId, authorName: name, author, network, body, status, rules }) => {
    const holding = await holdingFor(tx, articleId, tx.now)
    const submission = {
      ...{ ...holding, articleId, input: { author: { name }, body }, now: tx.now },
      // Who has an edit key was received, so both are known.
      ...{ person: { author: author!, network: network! }, waits: { network: 0, author: 0 } },
      ...{ challenged: false, asked: false }
    }
    const { facts, fingerprint } = await read(tx, submission, reception)
    const marks = judge(facts, rulesOfEdits)
    const judged = statusOf(marks, holding.policy)
    return {
      status: status === 'approved' || judged === 'spam' ? judged : status,
      rules: [...rules.filter(({ rule }) => lasting.includes(rule)), ...marks],
      fingerprint
    }
  }
