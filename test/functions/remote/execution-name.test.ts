import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DoorRequest } from '../../../functions/door.ts';
import { executionName } from '../../../functions/remote/execution-name.ts';
import type { OrganizationId } from '../../../lib/model/ids.ts';

const MONTH = { from: '2026-11-01', to: '2026-11-30' };
const name = (organization: string, request: DoorRequest, requestId = 'r1') =>
  executionName(organization as OrganizationId, request, requestId);

test.each<[DoorRequest, string]>([
  [{}, 'org_01HX-missing-r1'],
  [{ dryRun: true }, 'org_01HX-missing-r1'],
  [{ date: '2026-11-20' }, 'org_01HX-2026-11-20-r1'],
  [{ from: '2026-11-20', to: '2026-11-20' }, 'org_01HX-2026-11-20-r1'],
  [MONTH, 'org_01HX-2026-11-01_2026-11-30-r1'],
  [{ resume: '20261121T061500Z' }, 'org_01HX-20261121T061500Z-r1'],
])('%j of org_01HX is named %s', (request, expected) => {
  expect(name('org_01HX', request)).toBe(expected);
});

test('an id as Rebilly makes them stands in every name whole', () => {
  const organization = `org_${'0'.repeat(26)}`;
  expect(name(organization, MONTH, 'a1b2c3d4')).toBe(
    `${organization}-2026-11-01_2026-11-30-a1b2c3d4`,
  );
});

test('an id that does not fit is told apart by its digest from those that begin like it', () => {
  const long = 'a'.repeat(49);
  expect(name(`${long}1`, MONTH)).toMatch(/^a+-[0-9a-f]{8}-2026-11-01_2026-11-30-r1$/);
  expect(name(`${long}1`, MONTH)).not.toBe(name(`${long}2`, MONTH));
  expect(name('a.b', MONTH)).not.toBe(name('a~b', MONTH));
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, `DurableExecutionName`. */
test('every organization and request has a name that AWS takes', () => {
  const organizations = fc.stringMatching(/^[@~\-.\w]{1,50}$/);
  const ids = fc.stringMatching(/^[\w-]{1,16}$/);
  fc.assert(
    fc.property(organizations, fc.constantFrom({}, MONTH), ids, (organization, request, id) => {
      expect(name(organization, request, id)).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    }),
  );
});
