import type { Rule } from './rule.ts';
import { amountAdjusted } from './rules/amount-adjusted.ts';
import { amountPrecision } from './rules/amount-precision.ts';
import { appeared } from './rules/appeared.ts';
import { authorizationExpiring } from './rules/authorization-expiring.ts';
import { captureExceedsAuthorization } from './rules/capture-exceeds-authorization.ts';
import { chargebackMemoWithoutDispute } from './rules/chargeback-memo-without-dispute.ts';
import { childLinkBroken } from './rules/child-link-broken.ts';
import { compensatedTwice } from './rules/compensated-twice.ts';
import { currencyMissing } from './rules/currency-missing.ts';
import { dccInconsistent } from './rules/dcc-inconsistent.ts';
import { disputeResponseNeeded } from './rules/dispute-response-needed.ts';
import { disputedAndRefunded } from './rules/disputed-and-refunded.ts';
import { duplicateCharge } from './rules/duplicate-charge.ts';
import { duplicateGatewayReference } from './rules/duplicate-gateway-reference.ts';
import { duplicateRequestId } from './rules/duplicate-request-id.ts';
import { flaggedByGateway } from './rules/flagged-by-gateway.ts';
import { memoAllocationCurrency } from './rules/memo-allocation-currency.ts';
import { memoExceedsTransaction } from './rules/memo-exceeds-transaction.ts';
import { memoNumberGap } from './rules/memo-number-gap.ts';
import { memoOverAllocated } from './rules/memo-over-allocated.ts';
import { memoStatus } from './rules/memo-status.ts';
import { memoTax } from './rules/memo-tax.ts';
import { memoTotal } from './rules/memo-total.ts';
import { memoTransactionMissing } from './rules/memo-transaction-missing.ts';
import { memoTransactionWrongKind } from './rules/memo-transaction-wrong-kind.ts';
import { memoUnused } from './rules/memo-unused.ts';
import { memoVoidedInUse } from './rules/memo-voided-in-use.ts';
import { outcomeUnknown } from './rules/outcome-unknown.ts';
import { parentMissing } from './rules/parent-missing.ts';
import { parentStatusStale } from './rules/parent-status-stale.ts';
import { refundCurrencyDiffers } from './rules/refund-currency-differs.ts';
import { refundExceedsParent } from './rules/refund-exceeds-parent.ts';
import { reportRateOutlier } from './rules/report-rate-outlier.ts';
import { restated } from './rules/restated.ts';
import { revisionWentBack } from './rules/revision-went-back.ts';
import { settledBeforeProcessed } from './rules/settled-before-processed.ts';
import { statusContradictsResult } from './rules/status-contradicts-result.ts';
import { unappliedPayment } from './rules/unapplied-payment.ts';
import { unreconciled } from './rules/unreconciled.ts';
import { unsettled } from './rules/unsettled.ts';
import { vanished } from './rules/vanished.ts';
import { volumeOutlier } from './rules/volume-outlier.ts';

/** Every rule there is, in the order of the catalogue: the table of contents of `rules/`. */
export const CHAPTERS: Readonly<Record<string, readonly Rule[]>> = {
  Transactions: [
    flaggedByGateway,
    refundExceedsParent,
    refundCurrencyDiffers,
    parentMissing,
    parentStatusStale,
    childLinkBroken,
    captureExceedsAuthorization,
    authorizationExpiring,
    duplicateCharge,
    duplicateRequestId,
    duplicateGatewayReference,
    outcomeUnknown,
    statusContradictsResult,
    unreconciled,
    unsettled,
    settledBeforeProcessed,
    amountAdjusted,
    dccInconsistent,
    disputedAndRefunded,
    disputeResponseNeeded,
    amountPrecision,
    currencyMissing,
    reportRateOutlier,
    unappliedPayment,
  ],
  'Credit memos': [
    memoTotal,
    memoTax,
    memoUnused,
    memoOverAllocated,
    memoStatus,
    memoVoidedInUse,
    memoAllocationCurrency,
    memoNumberGap,
  ],
  'Between the two': [
    memoTransactionMissing,
    memoTransactionWrongKind,
    memoExceedsTransaction,
    compensatedTwice,
    chargebackMemoWithoutDispute,
  ],
  'Across nights': [restated, vanished, appeared, revisionWentBack, volumeOutlier],
};

export const ROSTER: readonly Rule[] = Object.values(CHAPTERS).flat();
