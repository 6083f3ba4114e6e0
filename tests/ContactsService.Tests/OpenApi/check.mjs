// Holds the OpenAPI documents of a running service against generators and linters: node check.mjs [TOOL...], all of them unless named.
// CONTACTS_URL, CONTACTS_TOKEN and CONTACTS_ORGANIZATION say where the service is, and who asks: an admin.
// A line for each check; exit code 1 when one fails.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const documents = ['native', 'webex', 'genesys', 'scim'];
const generated = path.join(folder, 'generated');
let failed = 0;

// A generator writes a client for each document; the clients are compiled and run.
const generators = {
  'openapi-typescript': (document, name) => bin('openapi-typescript', document, '-o', `generated/openapi-typescript/${name}.ts`),
  'hey-api': (document, name) => bin('openapi-ts', '-i', document, '-o', `generated/hey-api/${name}`, '-c', '@hey-api/client-fetch'),
  orval: (document, name) => bin('orval', '--input', document, '--output', `generated/orval/${name}.ts`, '--client', 'fetch'),
  // Its own launcher asks for Windows when it finds no older runtime of .NET.
  nswag: (document, name) => run('dotnet', 'node_modules/nswag/bin/binaries/Net100/dotnet-nswag.dll', 'openapi2tsclient',
    `/input:${document}`, `/output:generated/nswag/${name}.ts`, '/template:Fetch', '/generateOptionalParameters:true'),
};

const linters = {
  redocly: (document) => bin('redocly', 'lint', document, '--max-problems', '1000', '--format', 'json'),
  spectral: (document) => bin('spectral', 'lint', document, '--ruleset', '.spectral.json', '--fail-severity', 'hint'),
};

function run(program, ...args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 120_000 });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}` };
}

function bin(name, ...args) {
  return run(path.join('node_modules', '.bin', name), ...args);
}

function report(name, { ok, output }) {
  console.log(`${ok ? 'ok' : 'not ok'} - ${name}`);
  if (!ok) {
    failed++;
    console.log(output.replace(/^/gm, '  '));
  }

  return ok;
}

async function download() {
  fs.rmSync(generated, { recursive: true, force: true });
  for (const name of documents) {
    const answer = await fetch(new URL(`/openapi/${name}.json`, process.env.CONTACTS_URL));
    fs.mkdirSync(path.join(generated, 'documents'), { recursive: true });
    fs.writeFileSync(path.join(generated, 'documents', `${name}.json`), await answer.text());
  }
}

function lint(tool) {
  for (const name of documents) {
    const result = linters[tool](`generated/documents/${name}.json`);
    // A warning is no failure to redocly.
    const clean = tool !== 'redocly' || /"errors": 0,\s*"warnings": 0/.test(result.output);
    report(`${tool}: ${name}`, { ...result, ok: result.ok && clean });
  }
}

function generate(tool) {
  fs.mkdirSync(path.join(generated, tool), { recursive: true });
  const complete = documents.map((name) => report(`${tool}: generate ${name}`, generators[tool](`generated/documents/${name}.json`, name)));
  if (complete.every((ok) => ok)) {
    const project = { extends: '../tsconfig.json', files: [`../calls/${tool}.ts`] };
    fs.writeFileSync(path.join(folder, `generated/${tool}.json`), JSON.stringify(project));
    if (report(`${tool}: compile`, bin('tsc', '-p', `generated/${tool}.json`))) {
      report(`${tool}: call`, run('node', `generated/out/calls/${tool}.js`));
    }
  }
}

await download();
const asked = process.argv.slice(2);
for (const tool of asked.length > 0 ? asked : [...Object.keys(linters), ...Object.keys(generators)]) {
  (tool in linters ? lint : generate)(tool);
}

process.exit(failed === 0 ? 0 : 1);
