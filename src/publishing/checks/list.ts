// All checks before publishing. To add one, add an entry to the list of its subject.
import { articleChecks } from './article.ts'
import type { Check } from './check.ts'
import { linkChecks } from './links.ts'
import { fileClaimChecks } from './pictures/file-claims.ts'
import { pictureChecks } from './pictures/pictures.ts'
import { rightsChecks } from './pictures/rights.ts'
import { sourceTypeChecks } from './pictures/source-types.ts'
import { termChecks } from './pictures/terms.ts'
import { quoteChecks } from './quotes.ts'
import { recordChecks } from './record.ts'
import { replyChecks } from './replies.ts'
import { unnamedChecks } from './unnamed.ts'

export const checks: Check[] = [
  ...quoteChecks,
  ...unnamedChecks,
  ...recordChecks,
  ...replyChecks,
  ...pictureChecks,
  ...rightsChecks,
  ...termChecks,
  ...fileClaimChecks,
  ...sourceTypeChecks,
  ...linkChecks,
  ...articleChecks
]
