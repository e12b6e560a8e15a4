import { boolean, type Column, date, decimal, integer, json, NULLABLE, text } from './column.ts';

type Draft = ReturnType<typeof text>;

/** Personal data has no place in books by default; `columns.add` lets a column in by its name. */
function personal(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft): Omit<Column, 'source'> => ({ ...draft, personal: true }));
}

// biome-ignore format: one column reads as one line.
export const personalColumns = personal([
  text('paymentInstrument.receivedBy', 'Who took the cash.'),
  json('customFields', 'The merchant’s own fields. Free in form: they may hold anything.'),
  text('billingAddress.firstName', 'First name of the payer.', NULLABLE),
  text('billingAddress.lastName', 'Last name of the payer.', NULLABLE),
  text('billingAddress.organization', 'Company of the payer.', NULLABLE),
  text('billingAddress.address', 'Street.', NULLABLE),
  text('billingAddress.address2', 'Second line of the street.', NULLABLE),
  text('billingAddress.city', 'City.', NULLABLE),
  text('billingAddress.region', 'State or region.', NULLABLE),
  text('billingAddress.country', 'Country, two letters.', NULLABLE),
  text('billingAddress.postalCode', 'Postal code; text, since zeros may lead.', NULLABLE),
  json('billingAddress.phoneNumbers', 'Telephone numbers.'),
  json('billingAddress.emails', 'E-mail addresses.'),
  date('billingAddress.dob', 'Date of birth.', NULLABLE),
  text('billingAddress.jobTitle', 'Job title.', NULLABLE),
  text('billingAddress.hash', 'Fingerprint of the address: equal addresses have equal ones.'),
  text('riskMetadata.ipAddress', 'Internet address of the payer.', NULLABLE),
  text('riskMetadata.fingerprint', 'Fingerprint of the payer’s device.', NULLABLE),
  json('riskMetadata.httpHeaders', 'What the browser sent along.', NULLABLE),
  json('riskMetadata.browserData', 'Screen, language and clock of the browser.', NULLABLE),
  json('riskMetadata.extraData', 'Session ids of fraud services.', NULLABLE),
  boolean('riskMetadata.isProxy', 'The address is a proxy’s.'),
  boolean('riskMetadata.isVpn', 'The address is a private network’s.'),
  boolean('riskMetadata.isTor', 'The address is a Tor exit.'),
  boolean('riskMetadata.isHosting', 'The address is a hosting company’s.'),
  text('riskMetadata.hostingName', 'That company.', NULLABLE),
  text('riskMetadata.isp', 'Internet provider.', NULLABLE),
  text('riskMetadata.country', 'Country of the address.', NULLABLE),
  text('riskMetadata.region', 'Region of the address.', NULLABLE),
  text('riskMetadata.city', 'City of the address.', NULLABLE),
  decimal('riskMetadata.latitude', 'Latitude of the address.'),
  decimal('riskMetadata.longitude', 'Longitude of the address.', NULLABLE),
  text('riskMetadata.postalCode', 'Postal code of the address.', NULLABLE),
  text('riskMetadata.timeZone', 'Time zone of the address.', NULLABLE),
  integer('riskMetadata.accuracyRadius', 'How exact the place is, in kilometres.', NULLABLE),
  integer('riskMetadata.distance', 'Kilometres between the address and the billing address.', NULLABLE),
  boolean('riskMetadata.hasMismatchedBillingAddressCountry', 'Countries of both differ.'),
  boolean('riskMetadata.hasMismatchedBankCountry', 'Country of the bank differs.'),
  boolean('riskMetadata.hasMismatchedTimeZone', 'Time zone of the browser differs.'),
  boolean('riskMetadata.hasMismatchedHolderName', 'Name on the card differs.'),
  boolean('riskMetadata.hasFakeName', 'The name looks made up.'),
  boolean('riskMetadata.isHighRiskCountry', 'The country counts as risky.'),
  integer('riskMetadata.paymentInstrumentVelocity', 'Recent uses of the card or account.'),
  integer('riskMetadata.declinedPaymentInstrumentVelocity', 'Recent declines of it.'),
  integer('riskMetadata.deviceVelocity', 'Recent uses of the device.'),
  integer('riskMetadata.ipVelocity', 'Recent uses of the internet address.'),
  integer('riskMetadata.emailVelocity', 'Recent uses of the e-mail address.'),
  integer('riskMetadata.billingAddressVelocity', 'Recent uses of the billing address.'),
  integer('riskMetadata.paymentInstrumentApprovedTransactionCount', 'Approved before with it.'),
  integer('riskMetadata.score', 'Risk score of the fraud check.'),
]);
