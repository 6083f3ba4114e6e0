'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Session, newPerson } = require('./support');

const path = '/encrypt/Users/groups';

test('a group is created, listed and deleted', async () => {
  const ann = newPerson();
  const session = new Session(ann);

  const created = await session.client.createContactGroup('Friends');
  assert.equal(created.statusCode, 201);
  assert.equal(created.message, 'SUCCESS');
  const { meta, ...group } = created.data.group;
  assert.equal(group.displayName, 'Friends');
  assert.equal(group.groupType, 'NORMAL');
  assert.equal(group.ownerId, ann.user);
  assert.equal(group.isMigration, false);
  assert.equal(group.encryptionKeyUrl, session.sent('POST', path).at(-1).body.encryptionKeyUrl);
  for (const time of [meta.created, meta.lastModified]) {
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  }

  const { groups } = await new Session(ann).list();
  const listed = groups.find(({ groupId }) => groupId === group.groupId);
  for (const [name, value] of Object.entries({ ...group, meta })) {
    assert.deepEqual(listed[name], value, name);
  }

  assert.deepEqual(await session.client.deleteContactGroup(group.groupId), { statusCode: 204, data: {}, message: 'SUCCESS' });
  assert.deepEqual((await new Session(ann).list()).groups.map(({ displayName }) => displayName), ['Other contacts']);
});

test('the first named group of a user comes after the default group', async () => {
  const ann = newPerson();
  await new Session(ann).addGroup('Friends');
  await new Session(ann).addGroup('Family');
  await new Session(ann).addGroup('Colleagues');

  const { groups } = await new Session(ann).list();

  assert.deepEqual(groups.map(({ displayName }) => displayName), ['Other contacts', 'Friends', 'Family', 'Colleagues']);
});

test('an external group with a key of its own needs no default group', async () => {
  const ann = newPerson();
  const [{ uri }] = await ann.kms.createUnboundKeys({ count: 1 });

  await new Session(ann).addGroup('Søsken 👩‍👧', uri, 'EXTERNAL');

  const { groups } = await new Session(ann).list();
  assert.deepEqual(groups.map(({ displayName, groupType, encryptionKeyUrl }) => [displayName, groupType, encryptionKeyUrl]), [['Søsken 👩‍👧', 'EXTERNAL', uri]]);
});

test('the service sees the ciphertext of a name and gives it back as it is', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  await session.addGroup('Friends');
  await session.list();

  const [first, second] = session.sent('POST', path).map(({ body }) => body.displayName);

  assert.match(second, /^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  assert.deepEqual(session.sent('GET', '/encrypt/Users/contacts').at(-1).answer.groups.map(({ displayName }) => displayName), [first, second]);
});

test('two clients that choose the same name both get their group', async () => {
  const ann = newPerson();
  const sessions = [new Session(ann), new Session(ann)];
  await sessions[0].addGroup('Friends');
  await sessions[0].list();
  await sessions[1].list();

  await sessions[0].addGroup('Family');
  await sessions[1].addGroup('Family');

  assert.deepEqual((await new Session(ann).list()).groups.map(({ displayName }) => displayName), ['Other contacts', 'Friends', 'Family', 'Family']);
});

test('a contact is in the groups that it names and a group knows its members', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const friends = await session.addGroup('Friends');
  const family = await session.addGroup('Family');
  const both = await session.add({ contactType: 'CUSTOM', displayName: 'Both', groups: [friends.groupId, family.groupId] });
  const one = await session.add({ contactType: 'CUSTOM', displayName: 'One', groups: [family.groupId] });

  const { contacts, groups } = await new Session(ann).list();

  const named = Object.fromEntries(contacts.map((contact) => [contact.displayName, new Set(contact.groups)]));
  assert.deepEqual(named, { Both: new Set([friends.groupId, family.groupId]), One: new Set([family.groupId]) });
  const members = Object.fromEntries(groups.map((group) => [group.displayName, new Set(group.members)]));
  assert.deepEqual(members, { 'Other contacts': new Set(), Friends: new Set([both.contactId]), Family: new Set([both.contactId, one.contactId]) });
});

test('deleting a group keeps its contacts', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const friends = await session.addGroup('Friends');
  const family = await session.addGroup('Family');
  await session.add({ contactType: 'CUSTOM', displayName: 'Friend', groups: [friends.groupId] });
  await session.add({ contactType: 'CUSTOM', displayName: 'Both', groups: [friends.groupId, family.groupId] });

  assert.equal((await session.client.deleteContactGroup(friends.groupId)).statusCode, 204);

  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(groups.map(({ displayName }) => displayName), ['Other contacts', 'Family']);
  const named = Object.fromEntries(contacts.map((contact) => [contact.displayName, contact.groups]));
  assert.deepEqual(named, { Friend: [groups[0].groupId], Both: [family.groupId] });
});

test('a contact for a group that is gone goes to the default group', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  const friends = await session.addGroup('Friends');
  await session.client.deleteContactGroup(friends.groupId);

  await session.add({ contactType: 'CUSTOM', displayName: 'Late', groups: [friends.groupId] });
  // What the SDK sends when it could not make its default group.
  await session.add({ contactType: 'CUSTOM', displayName: 'Homeless', groups: [''] });

  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(contacts.map((contact) => contact.groups), [[groups[0].groupId], [groups[0].groupId]]);
});

test('a client whose default group was deleted can still add contacts', async () => {
  const ann = newPerson();
  const session = new Session(ann);
  await session.addGroup('Friends');
  const { groups } = await session.list();
  assert.equal((await session.client.deleteContactGroup(groups[0].groupId)).statusCode, 204);

  await session.add({ contactType: 'CUSTOM', displayName: 'John Doe' });

  assert.deepEqual((await new Session(ann).list()).contacts.map(({ displayName }) => displayName), ['John Doe']);
});
