/** Where the service is, and a token of an admin. */
export const address = process.env.CONTACTS_URL!.replace(/\/$/, '');
export const organization = process.env.CONTACTS_ORGANIZATION!;
const authorization = `Bearer ${process.env.CONTACTS_TOKEN}`;

/** fetch as a browser's page of the service has it: addresses are relative to the service, and the caller is known. */
const original = globalThis.fetch;
export const authorized: typeof fetch = (input, init) => {
  const request = input instanceof Request ? new Request(input, init) : new Request(new URL(String(input), address), init);
  request.headers.set('authorization', authorization);
  return original(request);
};

/** Ends the program when an answer is not what was expected. */
export function expect(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    console.error(`${what}: expected ${expected}, got ${actual}`);
    process.exit(1);
  }
}
