// Applying the rules to an author's edit.
import type { Writer } from '../../storage/database.ts'
import { gatherFacts } from '../rules/facts.ts'
import { judge, rulesOfEdits } from '../rules/list.ts'
import { type CommentIntake, contextFor } from './intake.ts'
import { statusOf } from './posting.ts'
import type { Row } from './store.ts'

/** The status of an edited comment. Throws the problems of the rules. */
export type EditJudge = (tx: Writer, comment: Row) => Promise<Pick<Row, 'status' | 'rules' | 'fingerprint'>>

/** Rules that hold a comment whatever its text. */
const lastingRules = ['reports', 'akismet']

/** An edit may hold a comment or mark it as spam; it never releases one that is held. */
export const editJudge =
  (intake: CommentIntake): EditJudge =>
  async (tx, { articleId, authorName: name, author, network, body, status, rules }) => {
    const holding = await contextFor(tx, articleId, tx.now)
    const submission = {
      ...{ ...holding, articleId, input: { author: { name }, body }, now: tx.now },
      // Both are stored for every comment with an edit key.
      ...{ person: { author: author!, network: network! }, waits: { network: 0, author: 0 } },
      ...{ challenged: false, asked: false }
    }
    const { facts, fingerprint } = await gatherFacts(tx, submission, intake)
    const marks = judge(facts, rulesOfEdits)
    const judged = statusOf(marks, holding.policy)
    return {
      status: status === 'approved' || judged === 'spam' ? judged : status,
      rules: [...rules.filter(({ rule }) => lastingRules.includes(rule)), ...marks],
      fingerprint
    }
  }
