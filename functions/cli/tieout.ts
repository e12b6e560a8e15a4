#!/usr/bin/env node
import { createRuntime } from '../runtime.ts';
import { main } from './program.ts';

process.exitCode = await main(process.argv.slice(2), createRuntime(process));
