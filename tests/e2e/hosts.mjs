// Programs that serve the built site as somebody else's host would, each on a free port, in a folder of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SITE = resolve(process.env.SITE);
const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

const answers = (port) => new Promise((done) => {
  const socket = connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); done(true); });
  socket.on('error', () => done(false));
});

/** Replaces what has to be there: a line of a configuration that is gone must not pass unseen. */
function change(text, from, to) {
  assert(text.includes(from), `the configuration has no "${from}"`);
  return text.replace(from, to);
}

const commands = {
  nginx(folder, root, port) {
    const own = readFileSync(join(DEPLOY, 'nginx.conf'), 'utf8');
    const server = change(change(own, 'listen 80;', `listen 127.0.0.1:${port};`), 'root /var/www/sandtable;', `root ${root};`);
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    // Around it what /etc/nginx/nginx.conf has, with every path in the folder of the test.
    writeFileSync(join(folder, 'main.conf'), `
      ${process.getuid() === 0 ? 'user root;' : ''} daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/log;
      include /etc/nginx/modules-enabled/*.conf;
      events {}
      http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; ${temp.join(' ')}
        ${server}
      }`);
    return ['nginx', ['-c', join(folder, 'main.conf'), '-e', join(folder, 'log')]];
  },
  caddy(folder, root, port) {
    writeFileSync(join(folder, 'Caddyfile'), `{\n admin off\n}\nimport ${join(DEPLOY, 'Caddyfile')}\n`);
    const own = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const env = { ...own, SANDTABLE_ADDRESS: `http://127.0.0.1:${port}`, SANDTABLE_ROOT: root };
    return ['caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], env];
  },
  python(folder, root, port) {
    return ['python3', ['-m', 'http.server', '--bind', '127.0.0.1', '--directory', root, String(port)]];
  },
  sandtable(folder, root, port) {
    return [process.env.SANDTABLE, ['serve', SITE, '--port', String(port), '--base', root === SITE ? '/' : '/some/sub/path/']];
  },
};

export const names = Object.keys(commands);

/** Serves another site than the one under test until the test ends. Gives its address. */
export async function serveSite(t, site) {
  const child = spawn(process.env.SANDTABLE, ['serve', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill());
  const [hello] = await once(child.stdout, 'data');
  return String(hello).match(/http:\S+/)[0];
}

/** Serves the site, unchanged, at `/` or under another path, until the test ends. Gives its address. */
export async function host(t, name, base = '/') {
  const folder = mkdtempSync(join(tmpdir(), `sandtable-${name}-`));
  let root = SITE;
  if (base !== '/') {
    root = join(folder, 'www');
    mkdirSync(dirname(join(root, base.slice(1, -1))), { recursive: true });
    symlinkSync(SITE, join(root, base.slice(1, -1)));
  }
  const port = await freePort();
  const [program, args, env] = commands[name](folder, root, port);
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => { said += text; });
  const ended = new Promise((done) => {
    child.on('error', (error) => { said += `${error}\n`; done(); });
    child.on('exit', done);
  });
  t.after(async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  });
  const late = Date.now() + 10000;
  while (!(await answers(port))) {
    assert(child.exitCode === null && child.pid && Date.now() < late, `${program} did not start:\n${said}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return `http://127.0.0.1:${port}${base}`;
}
