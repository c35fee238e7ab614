// Decks that are written in Markdown, made by the programs that their authors call, Slidev and Marp, and given out by a host
// of another origin. What is on their slides is what docs/instructors.md tells people to put there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sample } from './course.mjs';
import { snippet } from './docs.mjs';

export const folder = mkdtempSync(join(tmpdir(), 'sandtable-slides-'));
after(() => rmSync(folder, { recursive: true }));
const write = (file, body) => writeFileSync(join(folder, file), body);

/** Calls a program of these packages in the folder of the decks. */
export function run(program, ...args) {
  const path = fileURLToPath(new URL(`node_modules/.bin/${program}`, import.meta.url));
  // Marp prints with the browser that there is; root can only start it without its sandbox.
  const env = { ...process.env, CHROME_PATH: process.env.BROWSER, CHROME_NO_SANDBOX: '1' };
  return execFileSync(path, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}
const commands = () => snippet('instructors.md', 'In Marp', 'sh').trim().split('\n').map((line) => line.split(' '));

/** Five slides: a frame is on the second and an element on the fourth. */
const written = (head, slide) => `---\n${head}\n---\n\n# One\n\n${slide}\n---\n\n# Three\n\n---\n\n# Four\n
<sandtable-exercise exercise="${sample.one.exercise}" item="${sample.one.short}"></sandtable-exercise>\n\n---\n\n# Five\n`;

export const decks = {
  Slidev: {
    slide: snippet('instructors.md', 'In Slidev', 'markdown'),
    make() {
      write('slides.md', written('theme: none\ntitle: Deck\nfavicon: "data:,"', this.slide));
      write('index.html', snippet('instructors.md', 'In Slidev', 'html'));
      run('slidev', 'build', 'slides.md', '--out', 'slidev', '--base', './', '--router-mode', 'hash');
    },
    file: 'slidev/',
    hash: (number) => `#/${number}`,
    number: (page) => page.evaluate(() => Number(location.hash.match(/^#\/(\d+)/)?.[1] ?? 1)),
  },
  Marp: {
    slide: snippet('instructors.md', 'In Marp', 'markdown'),
    make() {
      write('deck.md', written('marp: true\ntitle: Deck', this.slide));
      run(...commands()[0]);
    },
    /** Writes `deck.pdf`, as the docs say. */
    print: () => run(...commands()[1]),
    file: 'deck.html',
    hash: (number) => `#${number}`,
    number: (page) => page.evaluate(() => Number(location.hash.slice(1) || 1)),
  },
};

const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };
const host = createServer((request, response) => {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  try {
    const body = readFileSync(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    response.setHeader('content-type', types[path.split('.').pop()] ?? 'text/html');
    response.end(body);
  } catch {
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
  }
});
await new Promise((done) => host.listen(0, '127.0.0.1', done));
after(() => host.close());
for (const deck of Object.values(decks)) deck.at = `http://127.0.0.1:${host.address().port}/${deck.file}`;
