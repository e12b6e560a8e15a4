import { QUOTE } from './json-bytes.ts';
import { textAt } from './json-value.ts';
import { findName, nameTable } from './name-table.ts';

/**
 * ISO 4217, list one and the funds codes: how many digits a currency's minor unit has. Our own
 * table, because Intl's digits are those of shops and cash (it differs for HUF, IDR, COP, IQD …),
 * not those of the books. Codes that were withdrawn lately stay: old rows still carry them.
 * Metals, bonds and test codes have no minor unit in the standard and are absent here.
 */
const CODES_BY_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN
      BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP
      GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
      LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK
      NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
      STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
      YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Minor-unit digits by currency code. */
export const MINOR_UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_DIGITS).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
  ),
);

const CODES = [...MINOR_UNITS.keys()];
const CODE_TABLE = nameTable(CODES);

/** `minorUnits` of the currency that a JSON string in these bytes names; what is none names none. */
export function minorUnitsAt(bytes: Buffer, from: number, to: number): number | undefined {
  if (bytes[from] !== QUOTE) return undefined;
  const index = findName(CODE_TABLE, bytes, from + 1, to - 1);
  return minorUnits(CODES[index] ?? textAt(bytes, from, to)!);
}

/** Digits of the currency's minor unit; undefined for codes that ISO 4217 gives none (crypto). */
export function minorUnits(currency: string): number | undefined {
  return MINOR_UNITS.get(currency);
}
