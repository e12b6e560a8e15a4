import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// What Lambda's runtime does for one invocation; `lambda-process.ts` starts it. It is no TypeScript,
// as Lambda's is none: to strip types would be part of a cold start.
const { _HANDLER, LAMBDA_TASK_ROOT, AWS_LAMBDA_FUNCTION_NAME } = process.env;
const [file, name] = _HANDLER.split('.');

process.on('disconnect', () => process.exit());
process.once('message', async ({ event, timeoutMs }) => {
  const deadline = Date.now() + timeoutMs;
  const context = {
    awsRequestId: randomUUID(),
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const functions = createRequire(import.meta.url)(join(LAMBDA_TASK_ROOT, `${file}.js`));
    const value = await functions[name](event, context);
    process.send({ value, usage: process.resourceUsage() });
  } catch (error) {
    const { name, message, stack } = error;
    process.send({ error: { name, message, stack } });
  }
});
