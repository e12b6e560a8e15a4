import type { Forecast } from '../forecast.ts';
import { durationText, figure } from './progress.ts';

/** What a run would cost, for a person. */
export function forecastLines(forecast: Forecast): string[] {
  const { requestCount, seconds } = forecast;
  return [
    `About ${figure(requestCount)} requests, some ${durationText(seconds)}.`,
    budgetText(forecast),
  ];
}

function budgetText({ rateLimit, shareOfLimit }: Forecast): string {
  if (rateLimit === null || shareOfLimit === null) {
    return 'The API does not tell its rate limit here, so the share of it is not known.';
  }
  const percent = Math.max(1, Math.round(shareOfLimit * 100));
  return `That is ${figure(percent)} % of the ${figure(rateLimit)} requests of the rate limit.`;
}
