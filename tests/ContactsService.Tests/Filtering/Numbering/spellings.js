// Prints the example number of every type in every region as people and networks write it.
// A line is: region of the number, its E.164 form, region in which the spelling is read, spelling; separated by tabs.
'use strict';

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = require('google-libphonenumber');

const util = PhoneNumberUtil.getInstance();

// Where the number is dialled from: every form of international prefix is among them.
const callers = ['DE', 'US', 'AU', 'JP', 'RU', 'NG', 'GY', 'KE', 'CU', 'IT', 'FR', 'FI'];

// The usual prefixes of regions where the caller chooses a carrier; the package names none.
const carrierPrefixes = {
  BR: ['0014', '0015', '0021', '0031'], CL: ['1230', '1710', '1880'], CO: ['005', '007', '009'], HK: ['001'], ID: ['001', '008'],
  IL: ['00', '012', '013', '014'], KH: ['001', '007'], KR: ['001', '002', '00700'], SG: ['001', '008'], TH: ['001', '009'], TW: ['002', '009'], AU: ['0011'],
};

function exampleNumbers(region) {
  const numbers = new Map();
  for (const type of Object.values(PhoneNumberType)) {
    let number = null;
    try {
      number = util.getExampleNumberForType(region, type);
    } catch {
      // No plan knows the type "unknown".
    }
    if (number) numbers.set(util.format(number, PhoneNumberFormat.E164), number);
  }
  return numbers;
}

function internationalPrefixes(region) {
  if (carrierPrefixes[region]) return carrierPrefixes[region];
  const foreign = util.getExampleNumber(util.getCountryCodeForRegion(region) === 49 ? 'FR' : 'DE');
  const dialled = util.formatOutOfCountryCallingNumber(foreign, region);
  return dialled.startsWith('+') ? ['00'] : [dialled.split(` ${foreign.getCountryCode()} `)[0]];
}

function spellingsAtHome(region, number) {
  const national = util.format(number, PhoneNumberFormat.NATIONAL);
  const international = util.format(number, PhoneNumberFormat.INTERNATIONAL);
  const code = `+${number.getCountryCode()}`;
  const spellings = [
    international, util.format(number, PhoneNumberFormat.E164), util.format(number, PhoneNumberFormat.RFC3966),
    national, national.replace(/\D/g, ''),
    ...internationalPrefixes(region).map(prefix => `${prefix} ${international.slice(1)}`),
  ];
  // A zero in front of the national number that is no part of it.
  if (util.getNddPrefixForRegion(region, true) === '0' && /^\D*0/.test(national)) {
    spellings.push(`${code} (0) ${international.slice(code.length + 1)}`, `${code}${national.replace(/\D/g, '')}`);
  }
  return spellings;
}

const lines = [];
for (const region of util.getSupportedRegions().sort()) {
  for (const [e164, number] of exampleNumbers(region)) {
    for (const spelling of spellingsAtHome(region, number)) lines.push([region, e164, region, spelling]);
    for (const caller of callers) {
      if (util.getCountryCodeForRegion(caller) === number.getCountryCode()) continue;
      lines.push([region, e164, caller, util.formatOutOfCountryCallingNumber(number, caller)]);
    }
  }
}
for (const code of util.getSupportedGlobalNetworkCallingCodes()) {
  const number = util.getExampleNumberForNonGeoEntity(code);
  const e164 = util.format(number, PhoneNumberFormat.E164);
  lines.push(['001', e164, 'DE', util.format(number, PhoneNumberFormat.INTERNATIONAL)]);
  lines.push(['001', e164, 'DE', util.format(number, PhoneNumberFormat.RFC3966)]);
  for (const caller of callers) lines.push(['001', e164, caller, util.formatOutOfCountryCallingNumber(number, caller)]);
}
process.stdout.write(lines.map(line => `${line.join('\t')}\n`).join(''));
