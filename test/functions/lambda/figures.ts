import { METRIC_NAMESPACE, METRICS } from '../../../lib/contract.ts';
import type { PrintedLine } from './printed.ts';

/** A figure as CloudWatch files it: `Tieout/Rows organization=… service=…`. */
export type FigureName = string;

interface Figure {
  readonly name: FigureName;
  readonly value: number;
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export function figuresIn(lines: readonly PrintedLine[]): Figure[] {
  return lines.flatMap((line) => {
    const { CloudWatchMetrics = [] } = (line['_aws'] ?? {}) as {
      readonly CloudWatchMetrics?: readonly Directive[];
    };
    return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) => ({
          name: nameOf(
            Namespace,
            Name,
            names.map((name) => [name, line[name]]),
          ),
          value: line[Name] as number,
        })),
      ),
    );
  });
}

export function nameOf(
  namespace: string,
  metric: string,
  dimensions: readonly unknown[][],
): FigureName {
  const pairs = dimensions.map(([name, value]) => `${name}=${value}`).sort();
  return [`${namespace}/${metric}`, ...pairs].join(' ');
}

export const ours = (metric: string) =>
  nameOf(METRIC_NAMESPACE, metric, [
    ['service', 'tieout'],
    ['organization', 'org_simulated'],
  ]);

/** Each time that a figure was told. */
export function valuesOf(lines: readonly PrintedLine[], key: keyof typeof METRICS): number[] {
  const name = ours(METRICS[key]);
  return figuresIn(lines).flatMap((figure) => (figure.name === name ? [figure.value] : []));
}

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
