import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, METRICS, metricDimensions } from '../lib/contract.ts';
import type { Deployment } from './deployment.ts';

/** A figure that the functions report of this organization's runs. */
export function figure(
  { organizationId }: Deployment,
  name: keyof typeof METRICS,
  options: MetricOptions,
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: METRICS[name],
    dimensionsMap: metricDimensions(organizationId),
    ...options,
  });
}
