// Verifies messages as a receiver would. CONTACTS_MESSAGES: a list of {secret, headers, body}. Prints a line for each:
// ok, or what is wrong.
const { Webhook } = require('standardwebhooks');

for (const { secret, headers, body } of JSON.parse(process.env.CONTACTS_MESSAGES)) {
  try {
    const message = new Webhook(secret).verify(body, headers);
    console.log(message.type === undefined ? 'no type' : 'ok');
  } catch (refused) {
    console.log(refused.message);
  }
}
