/** Where the figures of a run go: the namespace in CloudWatch. */
export const METRIC_NAMESPACE = 'Tieout';

/** A dimension that the logger and the metrics of Powertools give to all that they write. */
export const METRIC_SERVICE = 'tieout';

/** Figures of a run, by their names in CloudWatch. The stack's alarms watch some of them. */
export const METRICS = {
  /** 1 for each night whose manifest was written and verified; no view and no range counts. */
  published: 'Published',
  rows: 'Rows',
  requests: 'Requests',
  /** Answers of the API that asked for fewer requests. */
  throttles: 'Throttles',
  /** Seconds that a run waited for the rate limit. */
  throttledSeconds: 'ThrottledSeconds',
  /** From the start of a run to its manifest. */
  runSeconds: 'RunSeconds',
  /** Discrepancies new and open, by severity. */
  critical: 'DiscrepanciesCritical',
  high: 'DiscrepanciesHigh',
  medium: 'DiscrepanciesMedium',
  low: 'DiscrepanciesLow',
  info: 'DiscrepanciesInfo',
} as const;

/** By what figures are told apart: an account may hold the stacks of many organizations. */
export function metricDimensions(organizationId: string) {
  return { service: METRIC_SERVICE, organization: organizationId };
}
