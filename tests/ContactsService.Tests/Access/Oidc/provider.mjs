// A real OpenID provider for the tests of JWT access tokens, and a signer for tokens that no honest provider would make.
import { createServer } from 'node:http';
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import Provider from 'oidc-provider';
import { SignJWT, importJWK } from 'jose';

const key = (kid) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256',
});

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

let keys = [key('first')];
let handler;
let keyRequests = 0;
const start = () => {
  const provider = new Provider(issuer, {
    jwks: { keys },
    clients: [{
      client_id: 'service', client_secret: 'secret', redirect_uris: [], response_types: [], grant_types: ['client_credentials'],
    }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:contacts',
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'contacts.read contacts.write', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (ctx) => ({
      user: ctx.oidc.body.user ?? 'ann', org: ctx.oidc.body.org ?? 'acme', realm: { roles: (ctx.oidc.body.roles ?? 'agent').split(' ') },
    }),
  });
  handler = provider.callback();
};
start();

const read = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return text === '' ? {} : JSON.parse(text);
};

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

// What the provider itself would not do: any header and any claims, signed by a known key, by its public half, or not at all.
const forge = async ({ header = {}, claims = {}, by = 'provider' }) => {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: issuer, aud: 'urn:contacts', sub: 'service', user: 'ann', org: 'acme', realm: { roles: ['agent'] }, client_id: 'service', jti: randomUUID(),
    iat: now, exp: now + 600, ...claims,
  };
  const jwk = by === 'stranger' ? key('stranger') : keys[0];
  if (by === 'provider' || by === 'stranger') {
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keys[0].kid, ...header })
      .sign(await importJWK(jwk, 'RS256'));
  }
  if (by === 'nobody') return `${encode({ alg: 'none', typ: 'at+jwt', ...header })}.${encode(payload)}.`;
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const text = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: keys[0].kid, ...header })}.${encode(payload)}`;
  return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
};

const control = {
  '/test/forge': async (body) => ({ token: await forge(body) }),
  '/test/rotate': async () => {
    keys = [key(randomUUID())];
    start();
    return {};
  },
  '/test/requests': async () => ({ keys: keyRequests }),
};

server.on('request', async (request, response) => {
  if (request.url === '/jwks') keyRequests++;
  if (control[request.url]) {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(await control[request.url](await read(request))));
    return;
  }
  handler(request, response);
});
console.log(issuer);
process.stdin.on('end', () => process.exit()).resume(); // with the test
