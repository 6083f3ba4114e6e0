'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Session, newPerson } = require('./support');

test('20 first clients of a user at once make one default group', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const ann = newPerson();
    const sessions = Array.from({ length: 20 }, () => new Session(ann));

    await Promise.all(sessions.map((session, place) => session.add({ contactType: 'CUSTOM', displayName: `Contact ${place}` })));

    const { contacts, groups } = await new Session(ann).list();
    assert.deepEqual(groups.map(({ displayName }) => displayName), ['Other contacts'], `round ${round}`);
    assert.deepEqual(contacts.map((contact) => contact.groups), Array(20).fill([groups[0].groupId]));
    assert.deepEqual(new Set(contacts.map(({ displayName }) => displayName)), new Set(sessions.map((_, place) => `Contact ${place}`)));
    assert.deepEqual(new Set(groups[0].members), new Set(contacts.map(({ contactId }) => contactId)));
  }
});

test('clients that write and delete at once lose nothing', async () => {
  const ann = newPerson();
  const first = new Session(ann);
  const doomed = [];
  for (let place = 0; place < 20; place += 1) {
    doomed.push(await first.add({ contactType: 'CUSTOM', displayName: `Old ${place}` }));
  }

  await Promise.all(doomed.flatMap(({ contactId }, place) => [
    new Session(ann).add({ contactType: 'CUSTOM', displayName: `New ${place}` }),
    first.client.deleteContact(contactId).then(({ statusCode }) => assert.equal(statusCode, 204)),
  ]));

  const { contacts, groups } = await new Session(ann).list();
  assert.deepEqual(new Set(contacts.map(({ displayName }) => displayName)), new Set(doomed.map((_, place) => `New ${place}`)));
  assert.equal(groups.length, 1);
});
