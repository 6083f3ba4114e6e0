'use strict';

// The example answers of the Webex developer guide "Contacts", copied from the page (shared/seeds).

const meta = { created: '2023-09-05T08:27:32.651Z', lastModified: '2023-09-05T08:27:32.651Z' };
const encryptionKeyUrl = 'kms://cisco.com/keys/ed180173-04ac-415f-8665-a9f0155f902f';

module.exports = {
  createContactGroup: {
    statusCode: 201,
    data: {
      group: {
        meta,
        groupId: 'abf9ffd2-dab8-41c0-a28d-2c00426c5717',
        groupType: 'NORMAL',
        ownerId: 'a126d98a-6570-487b-87a5-933dd3e97539',
        displayName: 'testGRP',
        encryptionKeyUrl,
        isMigration: false,
      },
    },
    message: 'SUCCESS',
  },
  createContact: {
    statusCode: 201,
    data: {
      contact: {
        avatarURL: '',
        displayName: 'testuser1',
        phoneNumbers: [{ type: 'work', value: '+1985557521' }],
        contactType: 'CUSTOM',
        encryptionKeyUrl,
        groups: ['1b2af605-de8a-469f-b5ba-9becdae8b67d'],
        schemas: 'urn:cisco:codev:identity:contact:core:1.0',
        contactId: '48db494a-f23a-42b3-88e7-830ee31db7ae',
      },
    },
    message: 'SUCCESS',
  },
  getContacts: {
    statusCode: 200,
    data: {
      contacts: [
        {
          meta: { created: '2023-08-31T13:19:15.631Z', lastModified: '2023-08-31T13:19:15.631Z' },
          contactId: 'bd8c0601-e2d6-48ff-8559-72fec60131ad',
          contactType: 'CUSTOM',
          avatarUrlDomain: 'avatar-prod-us-east-2.webexcontent.com',
          displayName: 'John Doe',
          phoneNumbers: [{ type: 'work', value: '1232323' }],
          encryptionKeyUrl: 'kms://cisco.com/keys/ed180173-04ac-****-****-a9f0155f902f',
          isMigration: false,
          ownerId: 'a126d98a-6570-487b-87a5-933dd3e97539',
          groups: ['f5d524df-3479-43c6-a7fd-5fab47b87cab'],
        },
      ],
      groups: [
        {
          meta: { created: '2021-05-05T09:39:35.067Z', lastModified: '2021-05-05T09:39:35.067Z' },
          groupId: '1b2af605-de8a-469f-b5ba-9becdae8b67d',
          groupType: 'NORMAL',
          ownerId: 'a126d98a-6570-487b-87a5-933dd3e97539',
          displayName: 'Other contacts',
          encryptionKeyUrl,
          isMigration: false,
        },
      ],
    },
    message: 'SUCCESS',
  },
  deleteContact: { statusCode: 204, data: {}, message: 'SUCCESS' },
  deleteContactGroup: { statusCode: 204, data: {}, message: 'SUCCESS' },
};
