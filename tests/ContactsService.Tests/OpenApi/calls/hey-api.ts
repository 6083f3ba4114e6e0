import { getMe } from '../generated/hey-api/genesys';
import { client as genesys } from '../generated/hey-api/genesys/client.gen';
import { createContact, deleteContact, listContacts } from '../generated/hey-api/native';
import { client as native } from '../generated/hey-api/native/client.gen';
import { listUsersOfOrganization } from '../generated/hey-api/scim';
import { client as scim } from '../generated/hey-api/scim/client.gen';
import { listContacts as listWebexContacts } from '../generated/hey-api/webex';
import { client as webex } from '../generated/hey-api/webex/client.gen';
import { address, authorized, expect, organization } from './support';

async function run(): Promise<void> {
  for (const client of [native, webex, genesys, scim]) {
    client.setConfig({ baseUrl: address, fetch: authorized });
  }

  const created = await createContact({ body: { contactType: 'CUSTOM', displayName: 'Typed by hey-api', custom: { crm: 'hey-4711' } } });
  expect('createContact', created.response?.status, 201);
  const contactId = created.data!.contactId;
  const list = await listContacts({ query: { 'displayName[contains]': ['by hey-api'], type: ['Custom', 'User'], pageSize: 1 } });
  expect('listContacts', list.data?.contacts[0]?.contactId, contactId);
  const custom = await listContacts({ query: { custom: { 'custom.crm': 'hey-4711' } } });
  expect('listContacts by a custom value', custom.data?.contacts[0]?.contactId, contactId);
  expect('deleteContact', (await deleteContact({ path: { contactId } })).response?.status, 204);

  expect('webex', (await listWebexContacts()).response?.status, 200);
  expect('genesys', (await getMe()).data?.statusCode, 0);
  expect('scim', (await listUsersOfOrganization({ path: { orgId: organization } })).response?.status, 200);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
