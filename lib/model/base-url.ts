import { Fault } from './fault.ts';

/** The root before `/organizations/…`, checked, without a slash at its end. */
export type BaseUrl = string & { readonly baseUrl: unique symbol };

const HINT = 'Give https://api.rebilly.com, https://api-sandbox.rebilly.com or a local simulator.';

/**
 * Checks an address before the key is ever sent to it. Plain http is for this machine alone:
 * anywhere else the key would travel in the clear. What follows the path, or stands before the
 * host, is refused rather than dropped: whoever wrote it meant something by it.
 */
export function baseUrl(text: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Fault('BASE_URL_INVALID', `'${text}' is no http(s) address.`, HINT);
  }
  // The text itself is not repeated here: it holds a password.
  if (url.username !== '' || url.password !== '') {
    const message = `The base URL of ${url.host} carries a user name or password.`;
    throw new Fault(
      'BASE_URL_INVALID',
      message,
      'Take it out: the API key is the only credential.',
    );
  }
  if (text.includes('?') || text.includes('#')) {
    const message = `'${text}' carries a query or a fragment.`;
    throw new Fault('BASE_URL_INVALID', message, HINT);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    const message = `'${text}' would send the API key unencrypted.`;
    throw new Fault('BASE_URL_INVALID', message, 'Use https; http is for this machine only.');
  }
  return url.href.replace(/\/+$/, '') as BaseUrl;
}

/**
 * The name under which a destination remembers where its rows came from, so that live and sandbox
 * are never mixed. Simulators share one name: their port changes from start to start.
 */
export function environmentOf(address: BaseUrl): string {
  const { hostname, host } = new URL(address);
  if (hostname === 'api.rebilly.com') return 'live';
  if (hostname === 'api-sandbox.rebilly.com') return 'sandbox';
  return isLoopback(hostname) ? 'local' : host;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
