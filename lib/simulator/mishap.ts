import { type Answer, JSON_TYPE } from './answer.ts';
import { MISHAPS, type Mishap, type Nastiness } from './nastiness.ts';
import { mix, unit } from './random.ts';
import { refusal } from './refusal.ts';

/** Decides what happens to the answer of one question, if anything. */
export type MishapChooser = (requestNumber: number, url: string) => Mishap | undefined;

const [WHETHER, WHICH] = [21, 22];

/**
 * Throws the dice for each request, but lets the same question fail only so often in a row:
 * whoever goes on asking gets an answer, unless the setting says otherwise.
 */
export function mishapChooser(nastiness: Nastiness, seed: number): MishapChooser {
  const inARow = nastiness.mishapsInARow === 'always' ? Infinity : nastiness.mishapsInARow;
  const failedInARow = new Map<string, number>();
  return (requestNumber, url) => {
    const failed = failedInARow.get(url) ?? 0;
    const mishap =
      failed < inARow ? thrown(nastiness, unit(mix(mix(seed, WHETHER), requestNumber))) : undefined;
    if (mishap === undefined) failedInARow.delete(url);
    else failedInARow.set(url, failed + 1);
    return mishap;
  };
}

function thrown({ mishaps }: Nastiness, roll: number): Mishap | undefined {
  let below = 0;
  return MISHAPS.find((mishap) => {
    below += mishaps[mishap] ?? 0;
    return roll < below;
  });
}

/** The answer as the mishap leaves it; what happens on the wire is not seen here. */
export function spoiled(answer: Answer, mishap: Mishap | undefined, roll: number): Answer {
  switch (mishap) {
    case 'server-error':
      return refusal([500, 502, 503][Math.floor(roll * 3)]!, 'Something went wrong.');
    case 'html-error':
      return { status: 502, headers: { 'Content-Type': 'text/html' }, body: PAGE };
    case 'html-success':
      return { status: 200, headers: { 'Content-Type': 'text/html' }, body: PAGE };
    case 'object-body':
      return { ...answer, headers: { 'Content-Type': JSON_TYPE }, body: '{"data":[]}' };
    case 'cut-json':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * roll)) };
    default:
      return answer;
  }
}

/** For `spoiled`: another throw than the one that chose the mishap. */
export function severity(seed: number, requestNumber: number): number {
  return unit(mix(mix(seed, WHICH), requestNumber));
}

const PAGE = '<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>';
