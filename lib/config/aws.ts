import * as z from 'zod';

/** What CloudWatch Logs can be told; it takes no other number of days. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** Lambda gives one whole processor at this many MB: less reads slower, and costs the same. */
const ONE_PROCESSOR_MB = 1_769;

/** The most that a new AWS account may use before it asks for more: the database and two GB beside it. */
const NEW_ACCOUNT_MB = 3_008;

/** Lambda's own bound. */
const MAX_MEMORY_MB = 10_240;

/** How Tieout runs on AWS; a laptop never looks at it. */
export const awsSchema = z.strictObject({
  stackName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/)
    .default('Tieout')
    .meta({ examples: ['Tieout'] })
    .describe('Name of the CloudFormation stack: one of its own for each organization.'),
  architecture: z
    .enum(['arm64', 'x86_64'])
    .default('arm64')
    .describe("The functions' processor; arm64 costs a fifth less."),
  hour: z
    .int()
    .min(0)
    .max(23)
    .default(5)
    .describe("Hour of the books' time zone at which the night runs; clocks must show it daily."),
  deadlineHour: z
    .int()
    .min(1)
    .max(23)
    .default(9)
    .describe("Hour of the books' time zone by which the night must have been published."),
  extractMemoryMb: z
    .int()
    .min(512)
    .max(MAX_MEMORY_MB)
    .default(ONE_PROCESSOR_MB)
    .describe('Memory of the function that reads; 1769 is one whole processor.'),
  judgeMemoryMb: z
    .int()
    .min(1_024)
    .max(MAX_MEMORY_MB)
    .default(NEW_ACCOUNT_MB)
    .describe('Memory of the function that judges and publishes; new accounts stop at 3008.'),
  timeoutMinutes: z
    .int()
    .min(1)
    .max(15)
    .default(15)
    .describe(
      'Minutes that one invocation may take; a shard that needs longer goes on in another.',
    ),
  logRetentionDays: z
    .literal([...LOG_RETENTION_DAYS])
    .default(90)
    .describe('Days for which logs are kept.'),
  alarmEmails: z
    .array(z.email().meta({ examples: ['finance@example.com'] }))
    .default([])
    .describe("Addresses that get the night's notice and the alarms; each has to be confirmed."),
  throttleAlarmMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .default(30)
    .describe('Minutes of waiting for the rate limit in one run from which on an alarm rings.'),
  objectLockDays: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .describe('Days for which nobody may delete what was written (S3 Object Lock); 0 for none.'),
});
