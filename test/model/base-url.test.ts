import { describe, expect, test } from 'vitest';
import { baseUrl, environmentOf } from '../../lib/model/base-url.ts';

describe('a base URL', () => {
  test.each([
    ['https://api.rebilly.com', 'https://api.rebilly.com', 'live'],
    ['https://api.rebilly.com/', 'https://api.rebilly.com', 'live'],
    ['https://API.rebilly.com:443', 'https://api.rebilly.com', 'live'],
    ['https://api-sandbox.rebilly.com', 'https://api-sandbox.rebilly.com', 'sandbox'],
    [
      'https://proxy.example:8443/rebilly/',
      'https://proxy.example:8443/rebilly',
      'proxy.example:8443',
    ],
    ['http://127.0.0.1:8642', 'http://127.0.0.1:8642', 'local'],
    ['http://localhost:1/', 'http://localhost:1', 'local'],
    ['http://[::1]:8642', 'http://[::1]:8642', 'local'],
  ])('%s is used as %s, environment %s', (text, address, environment) => {
    expect(baseUrl(text)).toBe(address);
    expect(environmentOf(baseUrl(text))).toBe(environment);
  });

  test.each([
    [''],
    ['api.rebilly.com'],
    ['ftp://api.rebilly.com'],
    ['file:///etc/passwd'],
    ['http://api.rebilly.com'],
    ['http://127.0.0.1.example.com'],
    ['http://localhost.example.com'],
    ['https://api.rebilly.com/?a=b'],
    ['https://api.rebilly.com/#a'],
    ['https://name:secret@api.rebilly.com'],
  ])("'%s' is refused", (text) => {
    expect(() => baseUrl(text)).toThrow(expect.objectContaining({ code: 'BASE_URL_INVALID' }));
  });

  test('a password in it is not repeated', () => {
    expect(() => baseUrl('https://name:hush@api.rebilly.com')).not.toThrow(/hush/);
  });
});
