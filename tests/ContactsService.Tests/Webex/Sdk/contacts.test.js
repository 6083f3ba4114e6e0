'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Session, newPerson, stranger } = require('./support');

const path = '/encrypt/Users/contacts';
const jwe = /^[\w-]+\.\.[\w-]{16}\.[\w-]*\.[\w-]{22}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('a user with nothing has two empty lists', async () => {
  const session = new Session(newPerson());

  const answer = await session.client.getContacts();

  assert.deepEqual(answer, { statusCode: 200, data: { contacts: [], groups: [] }, message: 'SUCCESS' });
  assert.deepEqual((await session.list()).groups, [], 'reading made a group');
});

test('a contact is created, listed and deleted', async () => {
  const ann = newPerson();
  const session = new Session(ann);

  const created = await session.client.createContact({ contactType: 'CUSTOM', displayName: 'John Doe' });
  assert.equal(created.statusCode, 201);
  assert.equal(created.message, 'SUCCESS');
  assert.match(created.data.contact.contactId, uuid);

  const { contacts, groups } = await session.list();
  assert.deepEqual(contacts.map((contact) => contact.displayName), ['John Doe']);
  assert.equal(contacts[0].contactId, created.data.contact.contactId);
  assert.equal(contacts[0].ownerId, ann.user);
  assert.deepEqual(groups.map((group) => group.displayName), ['Other contacts']);
  assert.deepEqual(contacts[0].groups, [groups[0].groupId]);

  assert.deepEqual(await session.client.deleteContact(created.data.contact.contactId), { statusCode: 204, data: {}, message: 'SUCCESS' });
  assert.deepEqual((await session.list()).contacts, []);
});

test('the first contact of a user takes the requests that the contract says', async () => {
  const session = new Session(newPerson());

  await session.add({ contactType: 'CUSTOM', displayName: 'John Doe' });

  assert.deepEqual(session.requests.map((request) => `${request.method} ${request.path}`), [
    'GET /encrypt/Users/contacts',
    'GET /encrypt/Users/contacts',
    'POST /encrypt/Users/groups',
    'POST /encrypt/Users/contacts',
  ]);
});

test('every attribute of the guide comes back to a second client', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const key = (await ann.kms.createUnboundKeys({ count: 1 }))[0].uri;
  const mine = (await session.addGroup('Mine')).groupId;
  const entries = [{ value: 'one@example.com', type: 'work', primary: true }, { value: 'zwei@bücher.example', type: '' }, { value: '  +1 (408) 555-0100 ', type: 'home', primary: false }];
  const attributes = [
    { name: 'addressInfo', value: { city: 'Milpitas', country: 'US', state: 'California', street: '12 East St.\n2nd floor', zipCode: '95035' } },
    { name: 'addressInfo', value: { city: '', country: '日本' } },
    { name: 'avatarURL', value: 'https://example.com/a%20b.png?x=1&y=2' },
    { name: 'avatarURL', value: '' },
    { name: 'avatarUrlDomain', value: 'avatar-prod-us-east-2.webexcontent.com' },
    { name: 'companyName', value: 'Cisco & Söhne' },
    { name: 'contactId', value: '6b1f3a52-2c1e-4a53-9a0c-0b7f5d7c9e11' },
    { name: 'department', value: 'Sales' },
    { name: 'displayName', value: 'Zoë '.repeat(500) },
    { name: 'emails', value: entries },
    { name: 'encryptionKeyUrl', value: key },
    { name: 'firstName', value: ' Zoe\u0308 ' },
    { name: 'groups', value: [mine] },
    { name: 'kmsResourceObjectUrl', value: 'kms://cisco.com/resources/7ad503ec-854b-4fce-a7f0-182e1997bdb6' },
    { name: 'lastName', value: '👩‍💻' },
    { name: 'manager', value: 'Jane Roe' },
    { name: 'phoneNumbers', value: entries },
    { name: 'primaryContactMethod', value: 'phoneNumbers' },
    { name: 'sipAddresses', value: entries },
    { name: 'title', value: '😀'.repeat(2000) },
  ];

  const ids = [];
  for (const { name, value } of attributes) {
    ids.push((await session.add({ contactType: 'CUSTOM', displayName: 'One', [name]: value })).contactId);
  }
  const together = Object.fromEntries(attributes.filter(({ name }) => name !== 'contactId').map(({ name, value }) => [name, value]));
  ids.push((await session.add({ contactType: 'CUSTOM', ...together })).contactId);

  const listed = new Map((await new Session(ann).list()).contacts.map((contact) => [contact.contactId, contact]));
  assert.equal(listed.size, attributes.length + 1);
  for (const [place, { name, value }] of attributes.entries()) {
    assert.deepEqual(listed.get(ids[place])[name], value, `${name} alone`);
  }
  for (const [name, value] of Object.entries(together)) {
    assert.deepEqual(listed.get(ids.at(-1))[name], value, `${name} with all others`);
  }
});

test('an ownerId, a schema and a mark of the caller change nothing', async () => {
  const ann = newPerson();
  const session = new Session(ann);

  await session.add({ contactType: 'CUSTOM', displayName: 'John Doe', ownerId: stranger.user, schemas: 'mine', resolved: false });

  const [contact] = (await new Session(ann).list()).contacts;
  assert.equal(contact.ownerId, ann.user);
  assert.equal(session.sent('POST', path)[0].body.schemas, 'urn:cisco:codev:identity:contact:core:1.0');
});

test('the service sees ciphertext and gives it back as it is', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  await session.add({
    contactType: 'CUSTOM',
    displayName: 'John Doe',
    firstName: 'John',
    addressInfo: { city: 'Oslo' },
    phoneNumbers: [{ type: 'work', value: '+14085550100' }],
    emails: [{ type: 'work', value: 'john@example.com' }],
    sipAddresses: [{ type: 'work', value: 'john@sip.example.com' }],
  });
  await session.list();

  const sent = session.sent('POST', path)[0].body;
  const [got] = session.sent('GET', path).at(-1).answer.contacts;
  const ciphertexts = (contact) => [contact.displayName, contact.firstName, contact.addressInfo.city, contact.phoneNumbers[0].value, contact.emails[0].value, contact.sipAddresses[0].value];
  ciphertexts(sent).forEach((text) => assert.match(text, jwe));
  assert.deepEqual(ciphertexts(got), ciphertexts(sent));
  assert.equal(session.decrypt(got.encryptionKeyUrl, got.displayName), 'John Doe');
});

test('members nobody knows come back, nested ones too', async () => {
  const ann = newPerson();
  const unknown = {
    // The guide's own example has this name wrong.
    phoneNumber: [{ type: 'work', value: '+1987987521', note: { deep: [1, 2.5, true, 'text'] } }],
    nickname: 'Joe',
    score: 7,
    favourite: false,
    nothing: {},
  };
  const nested = {
    phoneNumbers: [{ type: 'work', value: '+14085550100', label: 'desk', extension: 12 }],
    addressInfo: { city: 'Oslo', floor: '3' },
  };

  await new Session(ann).add({ contactType: 'CUSTOM', displayName: 'John Doe', ...unknown, ...nested });

  const [contact] = (await new Session(ann).list()).contacts;
  for (const [name, value] of Object.entries({ ...unknown, ...nested })) {
    assert.deepEqual(contact[name], value, name);
  }
});

test('two users never see each other', async () => {
  const ann = newPerson();
  const bob = newPerson();
  const contact = await new Session(ann).add({ contactType: 'CUSTOM', displayName: 'Of Ann' });
  const [group] = (await new Session(ann).list()).groups;

  for (const other of [bob, stranger]) {
    const session = new Session(other);
    assert.deepEqual(await session.list(), { contacts: [], groups: [] });
    assert.equal((await session.client.deleteContact(contact.contactId)).statusCode, 404);
    assert.equal((await session.client.deleteContactGroup(group.groupId)).statusCode, 404);

    // Neither does a contact that names a group of somebody else get there.
    await session.add({ contactType: 'CUSTOM', displayName: 'Of another', groups: [group.groupId] });
  }

  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(contacts.map(({ displayName }) => displayName), ['Of Ann']);
  assert.deepEqual(groups.map(({ members }) => members), [[contact.contactId]]);
});

test('the same colleague can stand in the books of two users', async () => {
  const colleague = { contactType: 'CLOUD', contactId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x' };
  const sessions = [new Session(newPerson()), new Session(newPerson())];
  for (const session of sessions) {
    await session.add(colleague);
  }

  await sessions[0].client.deleteContact(colleague.contactId);

  assert.deepEqual((await sessions[0].list()).contacts, []);
  assert.deepEqual((await sessions[1].list()).contacts.map(({ contactId }) => contactId), [colleague.contactId]);
});

test('deleting once more is not found', async () => {
  const session = new Session(newPerson());
  const { contactId } = await session.add({ contactType: 'CUSTOM', displayName: 'John Doe' });

  const statuses = (await Promise.all(Array.from({ length: 10 }, () => session.client.deleteContact(contactId)))).map(({ statusCode }) => statusCode);

  assert.deepEqual(statuses.sort(), [204, ...Array(9).fill(404)]);
});

test('500 contacts come in one list', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const names = Array.from({ length: 500 }, (_, place) => `Contact ${place}`);
  await session.add({ contactType: 'CUSTOM', displayName: names[0] });
  for (let place = 1; place < names.length; place += 20) {
    await Promise.all(names.slice(place, place + 20).map((displayName) => session.add({
      contactType: 'CUSTOM',
      displayName,
      phoneNumbers: [{ type: 'work', value: '+14085550100' }],
      emails: [{ type: 'work', value: 'john@example.com' }],
    })));
  }

  const reader = new Session(ann);
  const { contacts, groups } = await reader.list();

  assert.equal(reader.requests.length, 1);
  assert.deepEqual(new Set(contacts.map(({ displayName }) => displayName)), new Set(names));
  assert.equal(contacts.length, 500);
  assert.equal(groups[0].members.length, 500);
});
