import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';

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
    const module = await import(pathToFileURL(`${LAMBDA_TASK_ROOT}/${file}.mjs`).href);
    const value = await module[name](event, context);
    process.send({ value, usage: process.resourceUsage() });
  } catch (error) {
    const { name, message, stack } = error;
    process.send({ error: { name, message, stack } });
  }
});
