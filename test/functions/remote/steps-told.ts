/** The steps that a followed execution was told to have ended, from its log: `extract 2/3`. */
export function stepsTold(stderr: string): readonly string[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'step-ended')
    .map(({ step, ended, of }) => (of ? `${step} ${ended}/${of}` : step));
}
