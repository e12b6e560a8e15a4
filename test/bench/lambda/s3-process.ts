import { startS3rver } from '../../world/s3rver.ts';

/** The bucket's server in a process of its own; `ground.ts` starts it. */
const { environment, close } = await startS3rver();
process.on('disconnect', async () => {
  await close();
  process.exit();
});
process.send!(environment);
