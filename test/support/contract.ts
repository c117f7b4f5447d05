// Every answer that a test gets is held against the OpenAPI document.
import type { Test } from 'tap'
import { type Answer, breach } from '../../fuzz/contract.ts'

export { faults } from '../../fuzz/contract.ts'

/** Fails the test when an answer is not what the document says of its operation. */
export function conform(t: Test, document: object, method: string, url: string, answer: Answer) {
  const broken = breach(document, method, url, answer)
  return broken === undefined || t.fail(broken.what, broken.detail)
}
