'use strict';

// What the SDK's ContactsClient needs around it: a `webex` object that sends over HTTP as the real one does, and a key
// server in memory. The ContactsClient itself is the real one.

const assert = require('node:assert/strict');
const http = require('node:http');
const { createCipheriv, createDecipheriv, randomBytes, randomUUID } = require('node:crypto');
const { sep } = require('node:path');

const base = process.env.CONTACTS_URL.replace(/\/$/, '');
const { people, admin, stranger } = JSON.parse(process.env.CONTACTS_PEOPLE);
const agent = new http.Agent({ keepAlive: true });
const upstreamScim = 'https://webexapis.com/identity/scim/';

/** The content keys of one user, by their URL: what Cisco's key server does for all of the user's sessions. */
class Kms {
  #keys = new Map();

  createUnboundKeys({ count }) {
    const uris = Array.from({ length: count }, () => `kms://cisco.com/keys/${randomUUID()}`);
    uris.forEach((uri) => this.#keys.set(uri, randomBytes(32)));
    return Promise.resolve(uris.map((uri) => ({ uri })));
  }

  createResource() {
    return Promise.resolve({});
  }

  key(uri) {
    const key = this.#keys.get(uri);
    if (!key) {
      throw new Error(`The key server does not know ${uri}`);
    }
    return key;
  }
}

/** RFC 7516, compact, with the header that node-jose writes for the SDK's options. */
function encrypt(key, text) {
  const header = Buffer.from('{"enc":"A256GCM","alg":"dir"}').toString('base64url');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [header, '', iv.toString('base64url'), ciphertext.toString('base64url'), cipher.getAuthTag().toString('base64url')].join('.');
}

function decrypt(key, jwe) {
  const parts = jwe.split('.');
  if (parts.length !== 5) {
    throw new Error(`Not a JWE: ${jwe.slice(0, 40)}`);
  }
  const [header, , iv, ciphertext, tag] = parts;
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
    .setAAD(Buffer.from(header))
    .setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8');
}

/** Sends with exactly these headers; node's fetch would add its own and refuse content-length. */
function send(method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const isJson = /\bjson\b/.test(response.headers['content-type'] ?? '');
        resolve({ statusCode: response.statusCode, headers: response.headers, body: text && isJson ? JSON.parse(text) : text || undefined });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A request beside the SDK, for instance to provision the directory. */
function call(person, method, path, body) {
  const json = body === undefined ? undefined : JSON.stringify(body);
  const headers = { authorization: `Bearer ${person.token}`, accept: 'application/json' };
  if (json !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = Buffer.byteLength(json);
  }
  return send(method, `${base}${path}`, headers, json);
}

/** One page load of one user: a ContactsClient, and what it has sent. */
class Session {
  requests = [];
  #person;
  #instance = randomUUID();

  constructor(person, { url = base } = {}) {
    this.#person = person;
    const webex = this.#webex(url);
    const { createContactsClient, getMetricManager, log } = freshSdk();
    // What `calling` does before it makes its contactClient. Without metrics every mapped error is a TypeError since 3.9.0.
    log.setWebexLogger(webex.logger);
    getMetricManager(webex, 'calling');
    this.client = createContactsClient(webex, { level: 'error' });
  }

  /** The contacts and groups. The list must be a success before anything in it means something. */
  async list() {
    const { statusCode, data, message } = await this.client.getContacts();
    assert.deepEqual({ statusCode, message, error: data.error }, { statusCode: 200, message: 'SUCCESS', error: undefined });
    return data;
  }

  /** A copy of the contact, since the SDK writes ciphertext into what it is given. */
  async add(contact) {
    const { statusCode, data, message } = await this.client.createContact(structuredClone(contact));
    assert.deepEqual({ statusCode, message, error: data.error }, { statusCode: 201, message: 'SUCCESS', error: undefined });
    return data.contact;
  }

  async addGroup(name, ...more) {
    const { statusCode, data, message } = await this.client.createContactGroup(name, ...more);
    assert.deepEqual({ statusCode, message, error: data.error }, { statusCode: 201, message: 'SUCCESS', error: undefined });
    return data.group;
  }

  /** What was sent to this path, oldest first. */
  sent(method, path) {
    return this.requests.filter((request) => request.method === method && request.path.startsWith(path));
  }

  decrypt(uri, jwe) {
    return decrypt(this.#person.kms.key(uri), jwe);
  }

  #webex(url) {
    const kms = this.#person.kms;
    return {
      canAuthorize: true,
      ready: true,
      logger: { trace: () => {}, info: () => {}, log: () => {}, warn: () => {}, error: () => {} },
      request: (options) => this.#request(options),
      internal: {
        mercury: {},
        device: { url: 'https://wdm-a.wbx2.com/wdm/api/v1/devices/1', orgId: this.#person.organization, userId: this.#person.user },
        services: { _serviceUrls: { contactsService: url }, _activeServices: {}, get: () => undefined },
        metrics: { submitClientMetrics: () => {} },
        support: { submitLogs: () => Promise.resolve({}) },
        encryption: {
          kms,
          encryptText: async (uri, text) => encrypt(kms.key(uri), text),
          decryptText: async (uri, jwe) => decrypt(kms.key(uri), jwe),
        },
      },
    };
  }

  async #request({ method, uri, headers = {}, body }) {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const url = uri.startsWith(upstreamScim) ? `${base}/identity/scim/${uri.slice(upstreamScim.length)}` : uri;
    const record = { method, path: url.slice(base.length), body: json && JSON.parse(json) };
    this.requests.push(record);

    const response = await send(method, url, {
      authorization: `Bearer ${this.#person.token}`,
      accept: 'application/json',
      'cisco-no-http-redirect': 'true',
      'spark-user-agent': 'webex-js-sdk/3.12.0 (node)',
      trackingid: `webex-js-sdk_${this.#instance}_${this.requests.length}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }),
      ...(method === 'DELETE' ? { 'content-length': 0 } : {}),
      ...headers,
    }, json);
    // A copy, since the SDK writes its plain text into what it gets.
    record.answer = structuredClone(response.body);
    record.status = response.statusCode;
    if (response.statusCode >= 400) {
      throw Object.assign(new Error(`${method} ${url} gave ${response.statusCode}`), response);
    }
    return response;
  }
}

/** The package keeps one webex object for as long as it is loaded, as a page does. Two sessions are two loads. */
function freshSdk() {
  Object.keys(require.cache)
    .filter((file) => file.includes(`${sep}@webex${sep}calling${sep}`))
    .forEach((file) => delete require.cache[file]);
  // The package's own entry does not load in Node: it is written for bundlers, and the rest of it wants a window.
  const { createContactsClient } = require('@webex/calling/dist/Contacts/ContactsClient');
  const { getMetricManager } = require('@webex/calling/dist/Metrics');
  const { default: log } = require('@webex/calling/dist/Logger');
  return { createContactsClient, getMetricManager, log };
}

/** Somebody whom no other test has. */
function newPerson() {
  const person = people.shift();
  if (!person) {
    throw new Error('This file needs more people: see WebexSdkTests.cs.');
  }
  return withKeys(person);
}

function withKeys(person) {
  return { ...person, kms: new Kms() };
}

module.exports = { Session, admin, call, newPerson, stranger: withKeys(stranger), withKeys };
