// The quiz that the page's budgets are about: twenty questions of the course, all choices, and it can be answered.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { build, EXERCISE } from '../../benches/twenty.mjs';
import { eventually, visit } from './harness.mjs';
import { serveSite } from './hosts.mjs';

test('the bench has a quiz of twenty choices, made of the course', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandtable-twenty-'));
  t.after(() => rmSync(folder, { recursive: true }));
  build(process.env.SANDTABLE, process.env.APP, join(folder, 'site'));
  const at = await serveSite(t, join(folder, 'site'));
  const page = await visit(t, `e/${EXERCISE}/`, { at, ready: false });
  const living = page.locator('[part=exercise]');
  await living.locator('#primary').waitFor();
  const stems = new Set();
  for (let place = 1; place <= 20; place += 1) {
    await living.getByRole('button', { name: `Question ${place}, ` }).click();
    await living.getByText(`Question ${place} of 20`).waitFor();
    stems.add(await living.locator('.stem').innerText());
    assert(await living.locator('.option input').count() >= 2, `question ${place} is a choice`);
  }
  assert.equal(stems.size, 20, 'no two are alike');
  // The first, which is measured, is one of one option.
  await living.getByRole('button', { name: 'Question 1, ' }).first().click();
  await living.locator('input[type=radio]').first().check();
  await living.locator('#primary').click();
  await eventually(async () => assert.notEqual(await living.locator('.status').getAttribute('data-tone'), 'plain'));
});
