import * as genesys from '../generated/nswag/genesys';
import * as native from '../generated/nswag/native';
import * as scim from '../generated/nswag/scim';
import * as webex from '../generated/nswag/webex';
import { address, authorized, expect, organization } from './support';

async function run(): Promise<void> {
  // NSwag sends an empty header for one that is not given, which is no ETag and no key: the service would refuse it.
  const http = {
    fetch: (url: RequestInfo, init?: RequestInit): Promise<Response> =>
      authorized(url, { ...init, headers: Object.entries(init?.headers ?? {}).filter(([, value]) => value !== '') }),
  };
  const contacts = new native.Client(address, http);
  const created = await contacts.createContact(new native.ContactDraft({
    contactType: native.ContactDraftContactType.CUSTOM,
    displayName: 'Typed by nswag',
  }));
  expect('createContact', created.displayName, 'Typed by nswag');
  const list = await contacts.listContacts(
    undefined, undefined, undefined, // q, caller, region
    ['typed by nswag'], undefined, undefined, undefined, undefined, [native.Type.Custom, native.Type.User]);
  expect('listContacts', list.contacts[0]?.contactId, created.contactId);
  await contacts.deleteContact(created.contactId);

  expect('webex', (await new webex.Client(address, http).listContacts()).contacts.length >= 0, true);
  expect('genesys', (await new genesys.Client(address, http).getMe()).statusCode, 0);
  const users = await new scim.Client(address, http).listUsersOfOrganization(organization);
  expect('scim', users.totalResults >= 0, true);
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
