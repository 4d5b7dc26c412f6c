// A provider of OpenID Connect for tests: node provider.mjs PORT REDIRECT_URI. Whoever signs in is who they say.
import Provider from 'oidc-provider'

const [port, redirect] = process.argv.slice(2)
const people = {
  eva: { email: 'eva@example.org', email_verified: true, name: 'Eva' },
  ada: { email: 'ada@example.org', email_verified: true, name: 'Ada' },
  thief: { email: 'ada@example.org', email_verified: false, name: 'Mallory' },
  carl: { email: 'carl@example.org', email_verified: true, name: 'Carl' },
  stranger: { email: 'x@elsewhere.example', email_verified: true, name: 'X' },
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'bookwheel',
    client_secret: 'a secret of the two alone',
    redirect_uris: [redirect],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
})
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'))
