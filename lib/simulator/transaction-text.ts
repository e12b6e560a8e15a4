import type { Instant } from '../model/instant.ts';
import { DCC_MARKUP } from './charge.ts';
import { amountText, quoteOf, reportCents, USD } from './currencies.ts';
import { answerText, type GatewayAnswer } from './gateway-answer.ts';
import { PLANS } from './gateways.ts';
import type { Life } from './life.ts';
import { momentText } from './moments.ts';
import { below, chance, mix, pick } from './random.ts';
import type { TransactionFacts, TransactionWorld } from './transaction-facts.ts';

/**
 * Writes a transaction as JSON text, section by section. Text, not an object: the simulator of the
 * benchmark must cost less than what it measures, and a row is mostly the letters of the one
 * before.
 */
export function transactionText(world: TransactionWorld, facts: TransactionFacts): string {
  return (
    `{${whoAndWhat(facts)}${money(facts)}${relations(world, facts)}${person(facts)}` +
    `${purpose(world, facts)}${processing(world, facts)}${risk(facts)}${aftermath(facts)}` +
    `${books(world, facts)}${world.linksOf(facts)}}`
  );
}

function whoAndWhat({ id, websiteId, customerId, member, view }: TransactionFacts): string {
  return (
    `"id":"${id}","websiteId":"${websiteId}","customerId":"${customerId}"` +
    `,"type":"${member.role.type}","status":"${view.status}","result":"${view.result}"`
  );
}

/** Asked for, completed for, and in the end charged: three amounts that are mostly one. */
function money(facts: TransactionFacts): string {
  const { charge, amount, member } = facts;
  const charged = amountText(amount, charge.currency);
  const currency = charge.currency.code;
  if (!isRequest(facts)) {
    return (
      `,"amount":${charged},"currency":"${currency}","purchaseAmount":${charged}` +
      `,"purchaseCurrency":"${currency}","requestAmount":${charged},"requestCurrency":"${currency}"`
    );
  }
  const requested = amountText(charge.requestAmount, charge.requestCurrency);
  const isAdjusted = member.family.pattern.flavour === 'adjusted';
  return (
    `,"amount":${charged},"currency":"${currency}"` +
    `,"purchaseAmount":${isAdjusted ? charged : requested}` +
    `,"purchaseCurrency":"${charge.requestCurrency.code}"` +
    `,"requestAmount":${requested},"requestCurrency":"${charge.requestCurrency.code}"`
  );
}

/** A charge as it was asked for, not a later part or undoing of it. */
function isRequest({ member: { role } }: TransactionFacts): boolean {
  return role.parent < 0 && role.to > role.from;
}

function relations({ names }: TransactionWorld, facts: TransactionFacts): string {
  const { parentId, invoiceId, children, asOf, hash, member, charge } = facts;
  const isRebill = member.family.pattern.flavour === 'rebill';
  let childIds = '';
  for (const child of children) {
    if (child.life.createdAt > asOf) break;
    childIds += `${childIds && ','}"${names.transaction.of(child.row)}"`;
  }
  return (
    `${parentId === undefined ? '' : `,"parentTransactionId":"${parentId}"`}` +
    `,"childTransactions":[${childIds}]` +
    `,"invoiceIds":[${invoiceId === undefined ? '' : `"${invoiceId}"`}]` +
    `${isRebill ? subscription(names.subscription.of(charge.customer), hash) : NO_SUBSCRIPTION}`
  );
}

const NO_SUBSCRIPTION = ',"subscriptionIds":[],"planIds":[],"isRebill":false,"rebillNumber":0';

function subscription(id: string, hash: number): string {
  return (
    `,"subscriptionIds":["${id}"],"planIds":["${pick(mix(hash, 7), PLANS)}"]` +
    `,"isRebill":true,"rebillNumber":${1 + below(hash, 36)}`
  );
}

const THREE_DS =
  ',"has3ds":true,"3ds":{"server":"ThreeDSecureIO3dsServer","version":"2.2.0","enrolled":"yes"' +
  ',"authenticated":"yes","liability":"protected","flow":"frictionless","isDowngraded":false}';

function person({ face, member, instrument, hash }: TransactionFacts): string {
  const isChecked =
    member.role.type === '3ds-authentication' ||
    (instrument.bin !== undefined && chance(hash, 0.3));
  return `,"billingAddress":${face.address}` + `${isChecked ? THREE_DS : ',"has3ds":false'}`;
}

const CHANNELS = ['web', 'ios', 'android', 'call-center'] as const;

function purpose({ names }: TransactionWorld, { index, member, charge, hash }: TransactionFacts) {
  const { flavour } = member.family.pattern;
  const retryNumber = flavour === 'retry' ? member.place : 0;
  const descriptor = charge.gateway ? `"${charge.gateway.descriptor}"` : 'null';
  const order = 100_000 + below(mix(hash, 8), 900_000);
  return (
    `${flavour === 'offsite' ? REDIRECT : ',"redirectUrl":null'}` +
    `${retryNumber > 0 ? `,"retryNumber":${retryNumber},"isRetry":true` : NO_RETRY}` +
    `,"billingDescriptor":${descriptor}` +
    `,"description":"${DESCRIPTIONS[member.role.type]} ${order}"` +
    `,"requestId":"${names.request.of(index)}","hasAmountAdjustment":${flavour === 'adjusted'}` +
    `,"customFields":{"channel":"${pick(mix(hash, 12), CHANNELS)}","orderNumber":"${order}"}`
  );
}

const REDIRECT = ',"redirectUrl":"https://shop.northwind.example/thank-you"';
const NO_RETRY = ',"retryNumber":0,"isRetry":false';

const DESCRIPTIONS = {
  sale: 'Order',
  authorize: 'Reservation for order',
  capture: 'Shipment of order',
  refund: 'Refund for order',
  void: 'Cancellation of order',
  credit: 'Payout',
  setup: 'Card on file',
  '3ds-authentication': 'Card check',
} as const;

function processing({ names }: TransactionWorld, facts: TransactionFacts): string {
  const { index, view, life, member, charge, instrument, hash, createdText } = facts;
  const processed =
    life.processedAt === life.createdAt ? createdText : momentText(life.processedAt);
  const { gateway } = charge;
  const isAnswered = view.isProcessed && gateway !== undefined;
  const reference = isAnswered ? `"${names.reference.of(index)}"` : 'null';
  const bin = instrument.bin === undefined ? 'null' : `"${instrument.bin}"`;
  const answer: GatewayAnswer = isAnswered ? member.role.outcome : 'none';
  return (
    `${gateway ? `,"gatewayName":"${gateway.name}","acquirerName":"${gateway.acquirer}"` : ''}` +
    `${view.isProcessed ? `,"processedTime":"${processed}"` : ''}` +
    `,"createdTime":"${createdText}","updatedTime":"${facts.updatedText}"` +
    `,"gatewayAccountId":${gateway ? `"${gateway.id}"` : 'null'}` +
    `,"gatewayTransactionId":${reference},"gateway":${answerText(answer, hash)}` +
    `,"referenceData":${isAnswered ? `{"gatewayTransactionId":${reference}}` : 'null'}` +
    `,"method":"${instrument.method}","velocity":${1 + below(hash, 4)}` +
    `,"revision":${view.revision},"bin":${bin}` +
    `,"paymentInstrument":${instrument.json}`
  );
}

function risk(facts: TransactionFacts): string {
  const { charge, face, hash } = facts;
  const hasDcc = charge.dcc !== undefined && isRequest(facts);
  return (
    `,"hasDcc":${hasDcc},"dcc":${hasDcc ? conversion(facts) : 'null'}` +
    `,"riskScore":${below(mix(hash, 9), 60)}` +
    `,"riskMetadata":${face.risk},"notificationUrl":null`
  );
}

function conversion({ charge }: TransactionFacts): string {
  const { quoteAmount, quoteCurrency, isSelected } = charge.dcc!;
  const base = amountText(charge.requestAmount, charge.requestCurrency);
  const plainQuote = quoteOf(charge.requestAmount, charge.requestCurrency, USD, 0);
  const markup = amountText(Math.round(plainQuote * DCC_MARKUP), USD);
  return (
    `{"base":{"amount":${base},"currency":"${charge.requestCurrency.code}"}` +
    `,"quote":{"amount":${amountText(quoteAmount, quoteCurrency)}` +
    `,"currency":"${quoteCurrency.code}"},"usdMarkup":${markup}` +
    `,"outcome":"${isSelected ? 'selected' : 'rejected'}","isForceDcc":false}`
  );
}

/** What banks and processors report days and weeks later. */
function aftermath({ life, asOf, member, hash }: TransactionFacts): string {
  const isDisputed = life.disputedAt !== undefined && life.disputedAt <= asOf;
  const isReconciled = life.reconciledAt !== undefined && life.reconciledAt <= asOf;
  const { flavour } = member.family.pattern;
  return (
    `${isDisputed ? dispute(life, asOf, hash) : NO_DISPUTE}` +
    `,"isReconciled":${isReconciled},"isProcessedOutside":${flavour === 'outside'}` +
    `,"isMerchantInitiated":${flavour === 'rebill' || (flavour === 'retry' && member.place > 0)}` +
    `,"hadDiscrepancy":false,"discrepancyTime":null,"settlementTime":${shown(life.settledAt, asOf)}`
  );
}

const NO_DISPUTE = ',"isDisputed":false,"disputeTime":null,"disputeStatus":null';

function dispute({ disputedAt, disputeEndsAt }: Life, asOf: Instant, hash: number): string {
  const status =
    asOf < disputeEndsAt! ? 'under-review' : chance(hash, DISPUTES_WON_SHARE) ? 'won' : 'lost';
  return `,"isDisputed":true,"disputeTime":${shown(disputedAt, asOf)},"disputeStatus":"${status}"`;
}

const DISPUTES_WON_SHARE = 0.4;

function shown(at: Instant | undefined, asOf: Instant): string {
  return at === undefined || at > asOf ? 'null' : `"${momentText(at)}"`;
}

function books({ names, organizationId, seed }: TransactionWorld, facts: TransactionFacts): string {
  const { index, amount, charge, life, member } = facts;
  const { flavour } = member.family.pattern;
  const report = amountText(reportCents(amount, charge.currency, life.createdAt, seed), USD);
  return (
    `,"orderId":"${names.request.of(index)}","arn":${hasArn(facts) ? `"${arn(index)}"` : 'null'}` +
    `,"reportAmount":${report},"reportCurrency":"USD","limits":null` +
    `,"organizationId":"${organizationId}","transferId":null` +
    `${flavour === 'deposit' ? `,"depositRequestId":"${names.deposit.of(index)}"` : NO_DEPOSIT}` +
    `${flavour === 'payout' ? `,"payoutRequestId":"${names.payout.of(index)}"` : NO_PAYOUT}`
  );
}

const NO_DEPOSIT = ',"depositRequestId":null';
const NO_PAYOUT = ',"payoutRequestId":null';

/** Card networks number what moved money. */
function hasArn({ instrument, view, member: { role }, charge }: TransactionFacts): boolean {
  return (
    instrument.bin !== undefined &&
    charge.gateway !== undefined &&
    view.result === 'approved' &&
    (role.type === 'sale' || role.type === 'capture' || role.type === 'refund')
  );
}

/** 23 digits: more than a double can hold. */
function arn(index: number): string {
  return `748369501443${`${100_000_000_000 + index * 7}`.slice(1)}`;
}
