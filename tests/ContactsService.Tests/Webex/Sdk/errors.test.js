'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Session, newPerson } = require('./support');

const failure = (statusCode, error) => ({ statusCode, data: { error }, message: 'FAILURE' });
const custom = { contactType: 'CUSTOM', displayName: 'John Doe' };
const unknownId = '0190a3c2-7f7e-7e2a-8c3e-3f1f0c1d2e3f';

test('a bad token is 401 in all five methods', async () => {
  const { client } = new Session({ ...newPerson(), token: 'nobody' });
  const unauthorised = failure(401, 'User is unauthorised, possible token expiry');

  assert.deepEqual(await client.getContacts(), unauthorised);
  assert.deepEqual(await client.createContact({ ...custom }), unauthorised);
  assert.deepEqual(await client.deleteContact(unknownId), unauthorised);
  assert.deepEqual(await client.createContactGroup('Friends'), unauthorised);
  assert.deepEqual(await client.deleteContactGroup(unknownId), unauthorised);
});

test('deleting what is not there is 404', async () => {
  const { client } = new Session(newPerson());

  for (const id of [unknownId, 'no-uuid', 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x']) {
    assert.deepEqual(await client.deleteContact(id), failure(404, 'User info not found'), id);
    assert.deepEqual(await client.deleteContactGroup(id), failure(404, 'User info not found'), id);
  }
});

test('deleting an empty id deletes nothing', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  await session.add(custom);

  for (const answer of [await session.client.deleteContact(''), await session.client.deleteContactGroup('')]) {
    assert.equal(answer.message, 'FAILURE');
    assert.ok([404, 405].includes(answer.statusCode), `${answer.statusCode}`);
  }

  const { contacts, groups } = await new Session(ann).list();
  assert.equal(contacts.length, 1);
  assert.equal(groups.length, 1);
});

test('the SDK itself refuses a CLOUD contact without id and an unknown type', async () => {
  const ann = newPerson();
  const session = new Session(ann);

  assert.deepEqual(await session.client.createContact({ contactType: 'CLOUD' }), failure(400, 'contactId is required for contactType:CLOUD.'));
  assert.deepEqual(await session.client.createContact({ ...custom, contactType: 'OTHER' }), failure(400, 'Unknown contactType received.'));

  assert.deepEqual(session.sent('POST', '/encrypt/Users/contacts'), []);
  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(contacts, []);
  assert.deepEqual(groups.map(({ displayName }) => displayName), ['Other contacts']);
});

test('the SDK itself refuses a group name that is taken', async () => {
  const ann = newPerson();
  await new Session(ann).addGroup('Friends');
  const session = new Session(ann);
  await session.list();

  assert.deepEqual(await session.client.createContactGroup('Friends'), failure(400, 'Group displayName already exists'));

  assert.deepEqual(session.sent('POST', '/encrypt/Users/groups'), []);
});

test('a contact that is too big is refused and harms nothing', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  await session.add(custom);

  const { statusCode, message } = await session.client.createContact({ ...custom, displayName: 'x'.repeat(1024 * 1024) });

  assert.equal(message, 'FAILURE');
  assert.ok([400, 413, 422].includes(statusCode), `${statusCode}`);
  assert.deepEqual((await new Session(ann).list()).contacts.map(({ displayName }) => displayName), ['John Doe']);
});

test('no service is 422', async () => {
  const { client } = new Session(newPerson(), { url: 'http://127.0.0.1:1' });

  assert.deepEqual(await client.getContacts(), failure(422, '422 Exception has occurred'));
});

test('a client without the keys cannot read the list', async () => {
  // So the other tests do read ciphertext, and one thing that cannot be decrypted would cost them the list.
  const ann = newPerson();
  await new Session(ann).add(custom);

  assert.deepEqual(await new Session({ ...ann, kms: newPerson().kms }).client.getContacts(), failure(422, '422 Exception has occurred'));
});
