/**
 * What a run is written over: three verbs, and stations that do the work. Where the verbs are
 * durable, what a station came to is written down and never done again, so whatever goes in or out
 * is small JSON: keys, ids and counts, never rows.
 */
export interface Workflow<Work extends Stations> {
  /** Has one station do its work. */
  step<Name extends Station<Work>>(name: Name, input: Input<Work, Name>): Result<Work, Name>;
  /** Has a station do several pieces side by side; each ends for itself, in the order given. */
  map<Name extends Station<Work>>(
    name: Name,
    inputs: readonly Input<Work, Name>[],
  ): Promise<readonly PromiseSettledResult<Awaited<Result<Work, Name>>>[]>;
  /** Lets time pass. Where the verbs are durable nothing runs meanwhile, and nothing is paid. */
  wait(waitMs: number): Promise<void>;
}

/** The stations of a run, by name. */
export type Stations = { readonly [name: string]: (input: never) => Promise<unknown> };

export type Station<Work> = Extract<keyof Work, string>;
export type Input<Work extends Stations, Name extends keyof Work> = Parameters<Work[Name]>[0];
type Result<Work extends Stations, Name extends keyof Work> = ReturnType<Work[Name]>;

/** The workflow of one process: every station is called, every wait is slept. */
export function localWorkflow<Work extends Stations>(
  stations: Work,
  wait: (waitMs: number) => Promise<void>,
): Workflow<Work> {
  const step: Workflow<Work>['step'] = (name, input) =>
    stations[name]!(input as never) as ReturnType<Work[typeof name]>;
  return {
    step,
    map: (name, inputs) => Promise.allSettled(inputs.map((input) => step(name, input))),
    wait,
  };
}
