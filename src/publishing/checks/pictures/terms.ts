// Checks of how far the rights of pictures go: purposes, number of uses, approval, licence.
import { quotedExcerpt } from '../../../content/body/anchors/wording.ts'
import { type Check, failureIf } from '../check.ts'
import { eachCredit } from './rights.ts'

export const termChecks: Check[] = [
  {
    code: 'credit-not-for-purpose',
    severity: 'error',
    fix: 'Obtain the rights and add it to `purposes` of the credit, take it out of `purposes` of the article, or show something else.',
    find: ({ article, purposes, terms }) =>
      eachCredit(article, ({ id, creditLine }, at) => {
        const allowed = terms.get(id)!.purposes
        const missing = purposes.filter((one) => allowed !== null && !allowed.includes(one))
        return failureIf(
          missing.length > 0,
          `${at}/purposes`,
          `The rights of ${quotedExcerpt(creditLine)} do not hold for ${missing.join(', ')}.`
        )
      })
  },
  {
    code: 'credit-uses-exhausted',
    severity: 'error',
    fix: 'Obtain the rights and raise `maxUses`, or show something else: `GET /v1/media/{id}/uses` tells where it was used.',
    find: ({ article, terms, usedElsewhere }) =>
      eachCredit(article, ({ id, creditLine, mediaId }, at) => {
        const { maxUses } = terms.get(id)!
        const used = usedElsewhere.get(mediaId)!
        return failureIf(
          maxUses !== null && used >= maxUses,
          `${at}/maxUses`,
          `${quotedExcerpt(creditLine)} may be published ${maxUses === 1 ? 'once' : `${maxUses} times`}, and was in ${used === 1 ? 'another article' : `${used} other articles`}.`
        )
      })
  },
  {
    code: 'credit-not-approved',
    severity: 'error',
    // Whose approval is needed is the editors' to say; to do without it is to change `approvalBy`.
    final: true,
    fix: 'Ask for the approval: `POST /v1/media-credits/{id}/approve` with the token of that name.',
    find: ({ article, terms }) =>
      eachCredit(article, ({ id, creditLine }, at) => {
        const { approvalBy, isApproved } = terms.get(id)!
        return failureIf(
          !isApproved,
          `${at}/approvalBy`,
          `${quotedExcerpt(creditLine)} is published only if ${approvalBy} approves it.`
        )
      })
  },
  {
    code: 'credit-without-licence',
    severity: 'error',
    fix: 'Name one of the licences of `GET /v1/licences`.',
    find: ({ article, terms }) =>
      eachCredit(article, ({ id, creditLine }, at) =>
        failureIf(
          terms.get(id)!.licence === 'missing',
          `${at}/licence`,
          `Under which licence ${quotedExcerpt(creditLine)} is shown is not said.`
        )
      )
  },
  {
    code: 'credit-licence-unknown',
    severity: 'error',
    fix: 'Name one of the licences of `GET /v1/licences`, or add this one to them.',
    find: ({ article, terms }) =>
      eachCredit(article, ({ id, licence }, at) =>
        failureIf(
          terms.get(id)!.licence === 'unknown',
          `${at}/licence/name`,
          `This newsroom knows no licence ${quotedExcerpt(licence?.name ?? '')}.`
        )
      )
  }
]
