import { DECLINES } from './gateways.ts';
import type { Outcome } from './patterns.ts';
import { pick } from './random.ts';

/** What a gateway said; 'none' while it has not, or was never asked. */
export type GatewayAnswer = Outcome | 'none';

const CHECKS =
  ',"avsResponse":{"code":"Y","message":"Match"},"cvvResponse":{"code":"M","message":"Match"}}';

function response(code: string | null, message: string | null, type: string | null): string {
  const answer = { code, message, type, originalCode: code, originalMessage: message };
  return `{"response":${JSON.stringify(answer)}`;
}

const APPROVED = `${response('00', 'Approved', 'approved')}${CHECKS}`;
const ABANDONED = `${response(null, 'Approval window elapsed', 'abandoned')}}`;
const CANCELED = `${response(null, 'Canceled by the customer', 'canceled')}}`;
const NONE = `${response(null, null, null)}}`;
const DECLINED = DECLINES.map(
  ({ code, message }) => `${response(code, message, 'declined')}${CHECKS}`,
);

export function answerText(answer: GatewayAnswer, hash: number): string {
  if (answer === 'approved') return APPROVED;
  if (answer === 'declined') return pick(hash, DECLINED);
  if (answer === 'abandoned') return ABANDONED;
  return answer === 'canceled' ? CANCELED : NONE;
}
