import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright-core';
const { SITE, SANDTABLE, BROWSER } = process.env;
const server = spawn(SANDTABLE, ['serve', SITE, '--port', '0', '--base', '/x/'], { stdio: ['ignore', 'pipe', 'ignore'] });
const [hello] = await once(server.stdout, 'data');
const url = String(hello).match(/http:\S+/)[0];
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
const [w, h, theme, stage, name, ...acts] = process.argv.slice(2);
const context = await browser.newContext({ viewport: { width: +w, height: +h }, colorScheme: theme, hasTouch: +w < 500 });
const page = await context.newPage();
page.on('console', (m) => ['error','warning'].includes(m.type()) && console.log('console:', m.text().slice(0, 600)));
page.on('pageerror', (e) => console.log('error', e.message.slice(0, 600)));
await page.goto(`${url}#/week-20/segmented-hub/${stage}`);
await page.waitForTimeout(1500);
for (const act of acts) {
  const [what, ...rest] = act.split('=');
  const arg = rest.join('=');
  try {
    if (what === 'click') await page.locator(arg).first().click({ timeout: 2000 });
    if (what === 'key') await page.keyboard.press(arg);
    if (what === 'type') await page.keyboard.type(arg);
    if (what === 'focus') await page.locator(arg).first().focus();
    if (what === 'select') { const [s, v] = arg.split('|'); await page.locator(s).first().selectOption({ label: v }); }
    if (what === 'scroll') await page.evaluate((y) => scrollTo(0, y), +arg);
    if (what === 'eval') console.log(JSON.stringify(await page.evaluate(arg), null, 1)?.slice(0, 3000));
    if (what === 'drag') { const [x1, y1, x2, y2] = arg.split(',').map(Number); await page.mouse.move(x1, y1); await page.mouse.down(); await page.mouse.move((x1+x2)/2, (y1+y2)/2, {steps: 4}); await page.mouse.move(x2, y2, {steps: 4}); await page.waitForTimeout(60); if (!name.includes('mid')) await page.mouse.up(); }
  } catch (e) { console.log('act failed', act, e.message.slice(0, 200)); }
  await page.waitForTimeout(150);
}
await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: name.includes('full') });
await browser.close();
server.kill();
