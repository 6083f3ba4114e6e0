'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Session, admin, call, newPerson, stranger } = require('./support');

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const webexIdentity = 'urn:scim:schemas:extension:cisco:webexidentity:2.0:User';
const unknownId = '0190a3c2-7f7e-7e2a-8c3e-3f1f0c1d2e3f';
const ciphertext = /^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

/** Puts somebody into the directory of the users' organization and gives the id. */
async function provision(user) {
  const { statusCode, body } = await call(admin, 'POST', `/identity/scim/${admin.organization}/v2/Users`, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, webexIdentity],
    active: true,
    ...user,
  });
  assert.equal(statusCode, 201, JSON.stringify(body));
  assert.equal(typeof body.id, 'string');
  return body.id;
}

test('a colleague is resolved from the directory', async () => {
  const ann = newPerson();
  const colleague = {
    userName: 'jroe@example.com',
    displayName: 'Jane Roe',
    name: { givenName: 'Jane', familyName: 'Roe' },
    emails: [{ value: 'jroe@example.com', type: 'work', primary: true }],
    phoneNumbers: [{ value: '+14085550100', type: 'work', primary: true }, { value: '+14085550101', type: 'mobile' }],
    photos: [{ value: 'https://avatar.example.com/jroe', type: 'photo' }],
    [enterprise]: { department: 'Sales' },
    [webexIdentity]: { sipAddresses: [{ value: 'jroe@example.calls.webex.com', type: 'cloud-calling', primary: true }] },
  };
  const id = await provision(colleague);
  const session = new Session(ann);

  const created = await session.client.createContact({ contactType: 'CLOUD', contactId: id, avatarUrlDomain: 'avatar.example.com' });
  assert.equal(created.statusCode, 201);
  assert.equal(created.data.contact.contactId, id);

  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(contacts, [{
    avatarURL: 'https://avatar.example.com/jroe',
    avatarUrlDomain: 'avatar.example.com',
    contactId: id,
    contactType: 'CLOUD',
    department: 'Sales',
    displayName: 'Jane Roe',
    emails: colleague.emails,
    encryptionKeyUrl: session.sent('POST', '/encrypt/Users/contacts')[0].body.encryptionKeyUrl,
    firstName: 'Jane',
    groups: [groups[0].groupId],
    lastName: 'Roe',
    manager: undefined,
    ownerId: ann.user,
    phoneNumbers: colleague.phoneNumbers,
    resolved: true,
    sipAddresses: colleague[webexIdentity].sipAddresses,
  }]);

  assert.deepEqual(await session.client.deleteContact(id), { statusCode: 204, data: {}, message: 'SUCCESS' });
  assert.deepEqual((await new Session(ann).list()).contacts, []);
});

test('a colleague has the name of the manager', async () => {
  // RFC 7643, 4.3: manager.value is the id; manager.displayName, which the SDK reads, is the service's to give.
  const ann = newPerson();
  const boss = await provision({ userName: 'boss@example.com', displayName: 'Max Boss' });
  const id = await provision({ userName: 'managed@example.com', displayName: 'Managed', [enterprise]: { manager: { value: boss, displayName: 'Max Boss' } } });

  await new Session(ann).add({ contactType: 'CLOUD', contactId: id });

  assert.deepEqual((await new Session(ann).list()).contacts.map(({ manager }) => manager), ['Max Boss']);
});

test('a directory entry with little in it is resolved too', async () => {
  const ann = newPerson();
  const id = await provision({ userName: 'plain@example.com', displayName: 'Plain' });

  await new Session(ann).add({ contactType: 'CLOUD', contactId: id });

  const [{ displayName, avatarURL, resolved }] = (await new Session(ann).list()).contacts;
  assert.deepEqual({ displayName, avatarURL, resolved }, { displayName: 'Plain', avatarURL: '', resolved: true });
});

test('a person whom the directory does not know stays, unresolved', async () => {
  const ann = newPerson();
  const session = new Session(ann);

  await session.add({ contactType: 'CLOUD', contactId: unknownId, displayName: 'Left us', department: 'Sales' });

  const [contact] = (await new Session(ann).list()).contacts;
  assert.equal(contact.contactId, unknownId);
  assert.equal(contact.resolved, false);
  assert.equal(contact.department, 'Sales');
  // The SDK leaves these encrypted.
  assert.match(contact.displayName, ciphertext);
  assert.equal(session.decrypt(contact.encryptionKeyUrl, contact.displayName), 'Left us');
});

test('the directory of another organization resolves nothing', async () => {
  const id = await provision({ userName: 'ours@example.com', displayName: 'Ours' });
  const session = new Session(stranger);

  await session.add({ contactType: 'CLOUD', contactId: id });

  assert.deepEqual((await session.list()).contacts.map(({ contactId, resolved }) => [contactId, resolved]), [[id, false]]);
});

test('a colleague who is added twice is there once', async () => {
  const ann = newPerson();
  const id = await provision({ userName: 'twice@example.com', displayName: 'Twice' });
  const session = new Session(ann);
  await session.add({ contactType: 'CLOUD', contactId: id });

  const again = await new Session(ann).client.createContact({ contactType: 'CLOUD', contactId: id });

  assert.equal(again.statusCode, 200);
  assert.equal(again.message, 'SUCCESS');
  const { contacts, groups } = await session.list();
  assert.deepEqual(contacts.map(({ contactId }) => contactId), [id]);
  assert.deepEqual(groups[0].members, [id]);
});

test('known, unknown and CUSTOM contacts come in one list', async () => {
  const ann = newPerson();
  const id = await provision({ userName: 'mixed@example.com', displayName: 'Known' });
  const session = new Session(ann);
  await session.add({ contactType: 'CLOUD', contactId: id });
  await session.add({ contactType: 'CLOUD', contactId: unknownId });
  await session.add({ contactType: 'CUSTOM', displayName: 'Mine' });

  const { contacts } = await new Session(ann).list();

  assert.deepEqual(new Set(contacts.map(({ displayName, resolved }) => `${displayName} ${resolved}`)), new Set(['Known true', 'undefined false', 'Mine undefined']));
});

test('60 colleagues are resolved in two queries', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const ids = [];
  for (let place = 0; place < 60; place += 1) {
    ids.push(await provision({ userName: `user${place}@batch.example.com`, displayName: `Colleague ${place}` }));
    await session.add({ contactType: 'CLOUD', contactId: ids[place] });
  }

  const reader = new Session(ann);
  const { contacts } = await reader.list();

  assert.deepEqual(reader.sent('GET', '/identity/scim/').map(({ answer }) => answer.Resources.length), [50, 10]);
  const named = Object.fromEntries(contacts.map((contact) => [contact.contactId, `${contact.displayName} ${contact.resolved}`]));
  assert.deepEqual(named, Object.fromEntries(ids.map((id, place) => [id, `Colleague ${place} true`])));
  assert.equal(contacts.length, 60);
});
