#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=100
// Pages are garbage by the megabyte as soon as they are written. Left alone, V8 lets them pile up:
// the first line keeps its young heap small and lets the old one no more than double. What a run
// then takes is in docs/benchmarks.md.
import { enableCompileCache } from 'node:module';

// What follows is TypeScript that Node strips and compiles at each start, unless it remembers how.
enableCompileCache();
const { createRuntime } = await import('../runtime.ts');
const { main } = await import('./program.ts');

process.exitCode = await main(process.argv.slice(2), createRuntime(process));
