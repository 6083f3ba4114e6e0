import { getMe } from '../generated/orval/genesys';
import { createContact, deleteContact, listContacts } from '../generated/orval/native';
import { listUsersOfOrganization } from '../generated/orval/scim';
import { listContacts as listWebexContacts } from '../generated/orval/webex';
import { authorized, expect, organization } from './support';

async function run(): Promise<void> {
  globalThis.fetch = authorized;
  const created = await createContact({ contactType: 'CUSTOM', displayName: 'Typed by orval' });
  expect('createContact', created.status, 201);
  const contactId = created.status === 201 ? created.data.contactId : '';
  const list = await listContacts({ 'displayName[contains]': ['by orval'], type: ['Custom', 'User'], pageSize: 1 });
  expect('listContacts', list.status === 200 ? list.data.contacts[0]?.contactId : list.status, contactId);
  expect('deleteContact', (await deleteContact(contactId)).status, 204);

  expect('webex', (await listWebexContacts()).status, 200);
  expect('genesys', (await getMe()).status, 200);
  expect('scim', (await listUsersOfOrganization(organization)).status, 200);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
