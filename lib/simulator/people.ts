import { below, mix, pick } from './random.ts';

/**
 * Whom customers look like: a thousand faces, made once each and shared, because an address and a
 * risk assessment are half of what a row weighs.
 */
const FACE_COUNT = 1024;

export interface Face {
  /** JSON of the billing address. */
  readonly address: string;
  /** JSON of the risk metadata. */
  readonly risk: string;
}

const FIRST_NAMES = [
  'Amelia',
  'Benjamin',
  'Chloe',
  'Daniel',
  'Elena',
  'Frank',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Karin',
  'Liam',
  'Mona',
  'Noah',
  'Olivia',
  'Peter',
  'Quentin',
  'Rosa',
  'Samuel',
  'Tara',
];
const LAST_NAMES = [
  'Franklin',
  'Abbott',
  'Okafor',
  'Lindgren',
  'Moreau',
  'Schneider',
  'Tanaka',
  'Haddad',
  'Novak',
  'Silva',
  "O'Brien",
  'van Dijk',
  'Kowalski',
  'Rossi',
  'Jensen',
  'Smith',
];
const STREETS = ['Craven St', 'Mill Lane', 'Harbour Road', 'Station Avenue', 'Queen Street'];
const PLACES = [
  {
    city: 'Austin',
    region: 'TX',
    country: 'US',
    zip: '78701',
    zone: 'America/Chicago',
    at: [30.27, -97.74],
  },
  {
    city: 'Brooklyn',
    region: 'NY',
    country: 'US',
    zip: '11201',
    zone: 'America/New_York',
    at: [40.69, -73.99],
  },
  {
    city: 'San Diego',
    region: 'CA',
    country: 'US',
    zip: '92101',
    zone: 'America/Los_Angeles',
    at: [32.72, -117.16],
  },
  {
    city: 'Berlin',
    region: 'BE',
    country: 'DE',
    zip: '10115',
    zone: 'Europe/Berlin',
    at: [52.53, 13.38],
  },
  {
    city: 'Lyon',
    region: 'ARA',
    country: 'FR',
    zip: '69002',
    zone: 'Europe/Paris',
    at: [45.75, 4.83],
  },
  {
    city: 'London',
    region: 'London',
    country: 'GB',
    zip: 'WC2N 5NF',
    zone: 'Europe/London',
    at: [51.51, -0.13],
  },
  {
    city: 'Osaka',
    region: 'Osaka',
    country: 'JP',
    zip: '530-0001',
    zone: 'Asia/Tokyo',
    at: [34.7, 135.5],
  },
  {
    city: 'Kuwait City',
    region: 'Al Asimah',
    country: 'KW',
    zip: '13001',
    zone: 'Asia/Kuwait',
    at: [29.38, 47.99],
  },
] as const;
const PROVIDERS = ['Comcast Cable', 'Deutsche Telekom AG', 'Orange S.A.', 'British Telecom', 'NTT'];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)',
];

export function createFaces(seed: number): (hash: number) => Face {
  const faces: (Face | undefined)[] = new Array(FACE_COUNT);
  return (hash) => {
    const number = (hash >>> 0) % FACE_COUNT;
    faces[number] ??= faceOf(mix(seed, number));
    return faces[number];
  };
}

function faceOf(hash: number): Face {
  const draw = (salt: number) => mix(hash, salt);
  const place = pick(draw(1), PLACES);
  const [firstName, lastName] = [pick(draw(2), FIRST_NAMES), pick(draw(3), LAST_NAMES)];
  const address = {
    firstName,
    lastName,
    organization: null,
    address: `${1 + below(draw(4), 240)} ${pick(draw(5), STREETS)}`,
    address2: draw(6) & 3 ? null : `Apt ${1 + below(draw(6), 40)}`,
    city: place.city,
    region: place.region,
    country: place.country,
    postalCode: place.zip,
    phoneNumbers: [
      { label: 'main', value: `1-512-555-${1000 + below(draw(7), 9000)}`, primary: true },
    ],
    emails: [
      {
        label: 'main',
        value: `${firstName}.${draw(10) >>> 0}@mail.example.com`.toLowerCase(),
        primary: true,
      },
    ],
    dob: draw(8) & 1 ? null : `19${60 + below(draw(8), 40)}-0${1 + below(draw(9), 9)}-17`,
    jobTitle: null,
  };
  return { address: JSON.stringify(address), risk: JSON.stringify(riskOf(hash, place)) };
}

function riskOf(hash: number, place: (typeof PLACES)[number]) {
  const draw = (salt: number) => mix(hash, salt);
  const [latitude, longitude] = place.at;
  return {
    ipAddress: `93.${below(draw(20), 256)}.${below(draw(21), 256)}.${below(draw(22), 256)}`,
    fingerprint: hexadecimal(draw(28), 20),
    httpHeaders: {
      'Accept-Language': `en-${place.country};q=0.8,en;q=0.6`,
      'User-Agent': pick(draw(23), AGENTS),
    },
    browserData: null,
    extraData: null,
    isProxy: false,
    isVpn: (draw(29) & 15) === 0,
    isTor: false,
    isHosting: false,
    isp: pick(draw(30), PROVIDERS),
    country: place.country,
    region: place.region,
    city: place.city,
    latitude,
    longitude,
    postalCode: place.zip,
    timeZone: place.zone,
    accuracyRadius: 10,
    distance: below(draw(31), 80),
    hasMismatchedBillingAddressCountry: false,
    hasMismatchedBankCountry: (draw(32) & 7) === 0,
    hasMismatchedTimeZone: false,
    hasMismatchedHolderName: false,
    isHighRiskCountry: false,
    deviceVelocity: below(draw(34), 5),
    ipVelocity: below(draw(35), 5),
    emailVelocity: below(draw(36), 3),
    score: below(draw(38), 60),
  };
}

function hexadecimal(hash: number, length: number): string {
  let text = '';
  for (let word = 0; text.length < length; word++) {
    text += (mix(hash, word) >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}
