import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeLambda, fakeLambda } from './aws-lambda.ts';

/**
 * What Tieout uses of AWS beside S3: a vault with one secret, a topic that keeps what it is sent, and
 * functions that are called.
 */
export interface FakeAws {
  /** What a function's environment needs, so that the SDK comes here. */
  readonly env: Readonly<Record<string, string>>;
  readonly messages: readonly { readonly subject: string; readonly text: string }[];
  readonly secretReads: number;
  readonly lambda: FakeLambda;
  setSecret(text: string | undefined): void;
  close(): Promise<void>;
}

export async function startFakeAws(secret: string): Promise<FakeAws> {
  const messages: { subject: string; text: string }[] = [];
  const lambda = fakeLambda();
  let secretReads = 0;
  let known: string | undefined = secret;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (request.url !== '/') {
      lambda.answer(request, body, response);
      return;
    }
    if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
      secretReads += 1;
      response.writeHead(known === undefined ? 400 : 200, {
        'content-type': 'application/x-amz-json-1.1',
      });
      const missing = { __type: 'ResourceNotFoundException', message: 'There is no such secret.' };
      response.end(JSON.stringify(known === undefined ? missing : { SecretString: known }));
      return;
    }
    const form = new URLSearchParams(body);
    messages.push({ subject: form.get('Subject') ?? '', text: form.get('Message') ?? '' });
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
        '<MessageId>1</MessageId></PublishResult></PublishResponse>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_SNS: url,
      AWS_ENDPOINT_URL_LAMBDA: url,
    },
    messages,
    lambda,
    get secretReads() {
      return secretReads;
    },
    setSecret(text) {
      known = text;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
