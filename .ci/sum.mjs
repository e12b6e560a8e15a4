// Adds up vitest's JSON reports and prints the one line. Plain JavaScript: it runs on any Node,
// also when the installation failed.
import { existsSync, readFileSync } from 'node:fs';

const [status, ...paths] = process.argv.slice(2);
const reports = paths.filter(existsSync).map((path) => JSON.parse(readFileSync(path, 'utf8')));

const sum = (member) => reports.reduce((total, report) => total + report[member], 0);
const failedTests = sum('numFailedTests');
// A suite that could not even be loaded has no tests to fail, and a failed check has no report.
const failed = failedTests > 0 || status === '0' ? failedTests : 1;

process.stdout.write(`${sum('numPassedTests')} passed, ${failed} failed\n`);
