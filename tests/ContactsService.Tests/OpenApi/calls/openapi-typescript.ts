import createClient from 'openapi-fetch';
import type { paths as Genesys } from '../generated/openapi-typescript/genesys';
import type { paths as Native } from '../generated/openapi-typescript/native';
import type { paths as Scim } from '../generated/openapi-typescript/scim';
import type { paths as Webex } from '../generated/openapi-typescript/webex';
import { address, authorized, expect, organization } from './support';

async function run(): Promise<void> {
  const options = { baseUrl: address, fetch: authorized };
  const native = createClient<Native>(options);
  const created = await native.POST('/contacts', {
    body: { contactType: 'CUSTOM', displayName: 'Typed by openapi-typescript', phoneNumbers: [{ type: 'work', value: '+1 555 010 0199' }] },
  });
  expect('createContact', created.response.status, 201);
  const contactId = created.data!.contactId;
  const patched = await native.PATCH('/contacts/{contactId}', {
    params: { path: { contactId } },
    body: { title: 'Engineer', lastName: null },
  });
  expect('patchContact', patched.data?.title, 'Engineer');
  const list = await native.GET('/contacts', {
    params: { query: { 'displayName[contains]': ['by openapi-typescript'], type: ['Custom', 'User'], pageSize: 1 } },
  });
  expect('listContacts', list.data?.contacts[0]?.contactId, contactId);
  const removed = await native.DELETE('/contacts/{contactId}', { params: { path: { contactId } } });
  expect('deleteContact', removed.response.status, 204);

  expect('webex', (await createClient<Webex>(options).GET('/encrypt/Users/contacts')).data?.contacts.length !== undefined, true);
  expect('genesys', (await createClient<Genesys>(options).GET('/api/v2/me')).data?.statusCode, 0);
  const users = await createClient<Scim>(options).GET('/identity/scim/{orgId}/v2/Users', { params: { path: { orgId: organization } } });
  expect('scim', users.response.status, 200);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
