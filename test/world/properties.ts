import fc from 'fast-check';

/**
 * Properties are tried on the same cases each time, so that a change is judged by what it changed:
 * `SEED=7 npm test` throws other dice.
 */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_127) });

export { fc };
