'use strict';

const assert = require('node:assert/strict');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');
const guide = require('./guide');
const { Session, newPerson } = require('./support');

/** Every value in it by its path. Ids, times, keys and ciphertext differ each time, so only their kind counts. */
function members(value, path = '') {
  if (Array.isArray(value)) {
    return value.length ? value.flatMap((entry, place) => members(entry, `${path}[${place}]`)) : [[path, '`[]`']];
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, entry]) => members(entry, path ? `${path}.${name}` : name));
  }
  return [[path, kind(path, value)]];
}

function kind(path, value) {
  if (path.endsWith('ownerId')) {
    return '*owner*';
  }
  if (/^kms:\/\//.test(value)) {
    return '*key URL*';
  }
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(value)) {
    return '*id*';
  }
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) {
    return '*time*';
  }
  return /^eyJ[\w-]*\.\./.test(value) ? '*ciphertext*' : `\`${JSON.stringify(value)}\``;
}

/** The rows in which the guide, what the SDK gave, and what was on the wire are not the same. */
function table(example, result, request, wire) {
  const sources = [example, result, { statusCode: request.status, ...wire(request.answer) }].map((source) => new Map(members(source)));
  const paths = [...new Set(sources.flatMap((source) => [...source.keys()]))].filter((path) => path !== 'message').sort();
  const rows = paths
    .map((path) => [`\`${path}\``, ...sources.map((source) => source.get(path) ?? '')])
    .filter(([, ...values]) => new Set(values).size > 1);
  return rows.length === 0
    ? 'No difference.'
    : ['| | guide | SDK | wire |', '|---|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

test('the differences between the guide and the wire are the approved ones', async () => {
  const session = new Session(newPerson());
  const results = {};
  const requests = {};
  const run = async (method, ...args) => {
    results[method] = structuredClone(await session.client[method](...args));
    requests[method] = session.requests.at(-1);
    return results[method].data;
  };

  const { group } = await run('createContactGroup', 'testGRP');
  await run('deleteContactGroup', group.groupId);
  const { contact } = await run('createContact', { avatarURL: '', displayName: 'testuser1', phoneNumbers: [{ type: 'work', value: '+1985557521' }], contactType: 'CUSTOM' });
  await run('deleteContact', contact.contactId);
  await session.add({ avatarUrlDomain: 'avatar-prod-us-east-2.webexcontent.com', displayName: 'John Doe', phoneNumbers: [{ type: 'work', value: '1232323' }], contactType: 'CUSTOM' });
  await run('getContacts');

  const wires = {
    createContactGroup: (body) => ({ data: { group: body } }),
    createContact: (body) => ({ data: { contact: body } }),
    getContacts: (body) => ({ data: body }),
    deleteContact: (body) => ({ data: body ?? {} }),
    deleteContactGroup: (body) => ({ data: body ?? {} }),
  };
  const received = [
    '# The guide\'s example answers and ours',
    '',
    'Written by `guide.test.js` with @webex/calling 3.12.0: what the developer guide prints, what the SDK gives for the same call,',
    'and what the service answered. Only members that are not the same in all three are shown; an empty cell means absent.',
    ...Object.entries(guide).flatMap(([method, example]) => ['', `## ${method}`, '', table(example, results[method], requests[method], wires[method])]),
    '',
  ].join('\n');

  const receivedFile = join(__dirname, 'guide-differences.received.md');
  writeFileSync(receivedFile, received);
  const approved = readFileSync(join(__dirname, 'guide-differences.md'), 'utf8').replaceAll('\r\n', '\n');
  assert.equal(received, approved, `Look at the difference, then copy ${receivedFile} over guide-differences.md.`);
});
