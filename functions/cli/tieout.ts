#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What follows is TypeScript that Node strips and compiles at each start, unless it remembers how.
enableCompileCache();
const { createRuntime } = await import('../runtime.ts');
const { main } = await import('./program.ts');

process.exitCode = await main(process.argv.slice(2), createRuntime(process));
