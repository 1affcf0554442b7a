// A test peer for the sign-in tests: the real, certified `oidc-provider` on
// 127.0.0.1, with a thin layer around it that misbehaves on command.
//
//   node provider.mjs PORT REDIRECT_URI [REDIRECT_URI ...]     (PORT 0: any free one)
//
// It prints one line, `ready http://127.0.0.1:PORT` (that URL is the issuer), on
// stdout; everything else goes to stderr. It ends when its stdin closes.
//
// The client is `kakunin` (client_secret_basic, code flow, PKCE S256 required). Nobody
// types a password: who signs in is the request's `login_hint`, else the login last set
// at /__control, and the provider's real login and consent interactions finish by
// themselves. So following redirects from the authorization URL, with a cookie jar, ends
// at the redirect URI with `code` and `state`.
//
//   POST /__control {"login": "sato", "mode": "expired"}   either or both; answers the state
//
// `login` and `mode` stay until the next /__control. A `mode` counts from the moment a
// request arrives:
//   good            nothing is changed
//   wrong-issuer    wrong-audience    wrong-nonce    no-nonce    expired
//                   that claim of the ID token is changed; the signature is right
//   unsigned        the ID token has alg "none" and no signature
//   wrong-key       signed by a key outside the JWKS, under the `kid` of the real one
//   rotate          a new key signs and replaces the old one in the JWKS; then as `good`.
//                   Each such POST rotates again; the new key stays in the later modes
//   down            every request but /__control answers 503
//   slow            the token endpoint answers after 30 seconds
//
// What it does not know: passwords, second factors, refusals by the user, refresh tokens,
// TLS, clients other than `kakunin`, keys other than RS256, and anything after a restart
// (keys, sessions and grants are in memory). Only ID tokens are spoilt: userinfo, the
// discovery document and the authorization response are honest in every mode but `down`.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as jose from 'jose';
import { Provider, interactionPolicy } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

console.log = console.info = console.error; // stdout is for the `ready` line alone

const ACCOUNTS = {
  tanaka: { name: '田中 花子', groups: ['kakunin-reviewers'], department: '情報政策課' },
  sato: { name: '佐藤 一郎', groups: ['kakunin-officers'], department: '契約課' },
  nobody: { name: '名無し', groups: [] },
};
const MODES = ['good', 'wrong-issuer', 'wrong-audience', 'wrong-nonce', 'no-nonce', 'expired',
  'unsigned', 'wrong-key', 'rotate', 'down', 'slow'];

const [port, ...redirectUris] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? '') || redirectUris.length === 0) {
  console.error('usage: node provider.mjs PORT REDIRECT_URI [REDIRECT_URI ...]');
  process.exit(2);
}

const state = { login: 'tanaka', mode: 'good' };
// Shared by every Provider made here, so that sessions and codes outlive `rotate`.
const store = createMemoryAdapter();
const cookieKeys = [randomUUID()];
let issuer; // known once the server listens
let provider; // replaced, with signingKey, by rotate()
let signingKey; // { privateKey, jwk }, the only key in the provider's JWKS

function claimsOf(login) {
  const known = Object.hasOwn(ACCOUNTS, login) ? ACCOUNTS[login] : { name: login, groups: [] };
  return { sub: login, email: `${login}@example.test`, email_verified: true, ...known };
}

const wantedLogin = (params) => params.login_hint || state.login;

async function newKey() {
  const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await jose.exportJWK(privateKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  return { privateKey, jwk };
}

/** Makes the provider, or makes it anew with another key: its JWKS is fixed once made. */
async function rotate() {
  signingKey = await newKey();
  provider = newProvider(signingKey.jwk);
}

function newProvider(jwk) {
  // A browser that is signed in here as someone else is asked again, not let through.
  const policy = interactionPolicy.base();
  policy.get('login').checks.add(new interactionPolicy.Check(
    'other_login', 'another login is wanted', 'login_required',
    ({ oidc }) => oidc.session.accountId !== wantedLogin(oidc.params),
  ));

  const made = new Provider(issuer, {
    adapter: store,
    jwks: { keys: [jwk] },
    clients: [{
      client_id: 'kakunin',
      client_secret: 'kakunin-test-secret-of-32-characters',
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      response_types: ['code'],
      grant_types: ['authorization_code'],
      redirect_uris: redirectUris,
      post_logout_redirect_uris: [...new Set(redirectUris.map((uri) => new URL('/sign-in', uri).href))],
    }],
    clientAuthMethods: ['client_secret_basic'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'department'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    conformIdTokenClaims: false, // the claims are in the ID token, not only at userinfo
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => claimsOf(id) }),
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { // own names: a browser does not keep cookies of 127.0.0.1 apart by port
      keys: cookieKeys,
      names: { session: 'peer_session', interaction: 'peer_interaction', resume: 'peer_resume' },
    },
    ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Grant: 3600, Session: 3600 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => page(ctx, `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`),
        postLogoutSuccessSource: (ctx) => page(ctx, '<p>Signed out</p>'),
      },
    },
    renderError: (ctx, out) => { ctx.type = 'text'; ctx.body = `${out.error}: ${out.error_description}\n`; },
  });

  made.use(async (ctx, next) => {
    if (ctx.path !== '/token') return next();
    const { mode } = state;
    if (mode === 'slow') await sleep(30_000);
    await next();
    if (ctx.body?.id_token) ctx.body.id_token = await spoil(ctx.body.id_token, mode);
  });
  for (const event of ['authorization.error', 'grant.error', 'end_session.error', 'server_error']) {
    made.on(event, (_ctx, error) => console.error(`${event}: ${error.error_detail ?? error.error_description ?? error.stack}`));
  }
  return made;
}

function page(ctx, body) {
  ctx.type = 'html';
  ctx.body = `<!DOCTYPE html><html lang="en"><title>Test provider</title><body>${body}</body></html>`;
}

/** The ID token as the mode wants it. */
async function spoil(idToken, mode) {
  const claims = jose.decodeJwt(idToken);
  const header = jose.decodeProtectedHeader(idToken);
  const now = Math.floor(Date.now() / 1000);
  let { privateKey } = signingKey;
  switch (mode) {
    case 'wrong-issuer': claims.iss = 'https://another-issuer.example'; break;
    case 'wrong-audience': claims.aud = 'another-client'; break;
    case 'wrong-nonce': claims.nonce = 'another-nonce'; break;
    case 'no-nonce': delete claims.nonce; break;
    case 'expired': Object.assign(claims, { iat: now - 7200, exp: now - 3600 }); break;
    case 'unsigned': return new jose.UnsecuredJWT(claims).encode();
    case 'wrong-key': ({ privateKey } = await newKey()); break;
    default: return idToken;
  }
  return new jose.SignJWT(claims).setProtectedHeader(header).sign(privateKey);
}

/** Finishes login and consent at once, for the wanted login. */
async function interact(req, res) {
  const interaction = await provider.interactionDetails(req, res);
  const { params, prompt, session } = interaction;
  const accountId = wantedLogin(params);
  if (session && session.accountId !== accountId) {
    // Drop the other person's session: else the provider sends a page whose script
    // signs that person out, and no redirect.
    await (await provider.Session.findByUid(session.uid))?.destroy();
    delete interaction.session;
    await interaction.save(600);
  }
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  await provider.interactionFinished(req, res, {
    ...(prompt.name === 'login' && { login: { accountId } }),
    consent: { grantId: await grant.save() },
  });
}

async function control(req, res) {
  let body = '';
  for await (const chunk of req) body += chunk;
  const asked = JSON.parse(body);
  const { login = state.login, mode = state.mode, ...rest } = asked;
  if (req.method !== 'POST' || !login || typeof login !== 'string' || !MODES.includes(mode) || Object.keys(rest).length) {
    throw new Error(`not a control request: ${req.method} ${body}`);
  }
  if (asked.mode === 'rotate') await rotate();
  Object.assign(state, { login, mode });
  res.setHeader('content-type', 'application/json').end(`${JSON.stringify(state)}\n`);
}

const server = createServer(async (req, res) => {
  try {
    if (req.url === '/__control') await control(req, res);
    else if (state.mode === 'down') res.writeHead(503).end('down\n');
    else if (req.url.startsWith('/interaction/')) await interact(req, res);
    else await provider.callback()(req, res);
  } catch (error) {
    const message = error.error_description ?? error.message;
    console.error(`${req.method} ${req.url}: ${message}`);
    if (!res.headersSent) res.writeHead(400).end(`${message}\n`);
  }
});

process.stdin.on('close', () => process.exit(0)).resume();
server.listen(Number(port), '127.0.0.1', async () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  await rotate();
  process.stdout.write(`ready ${issuer}\n`);
});
