// 镇里的一眼 The town's table: what is owed now apart from what was missed, each cell opens to its evidence, sorted by link.

import assert from "node:assert/strict";
import { walk } from "./lib.mjs";

// The last columns count what was missed for ever: weeks of the box, weeks of the teams, quarters of the joint sitting.
const GAPS = 3;
const gap = (rows) => `${rows} td:nth-last-child(-n + ${GAPS})`;

walk("town", async ({ page, url, step, town }) => {
  const code = `${town.people[0].unit.slice(0, 9)}000`;
  await step("opens the table", async () => {
    await page.goto(`${url}/t/${code}`);
    assert.ok((await page.locator("table.heat tbody tr").count()) > 20);
    assert.ok((await page.textContent("main")).includes("不排名、不打分"));
    const sums = await page.locator("tfoot td").allTextContents();
    const cells = async (at) => {
      const all = await page.locator(`tbody tr td:nth-child(${at + 2}) :is(.l1,.l2,.g) > span`).allTextContents();
      return all.reduce((sum, text) => sum + Number(text.match(/\d+/)[0]), 0);
    };
    for (const [at, sum] of sums.entries()) assert.equal(await cells(at), Number(sum), `column ${at}`);
  });
  await step("old gaps do not stand among what is overdue", async () => {
    const overdue = Number((await page.textContent("main p b")).match(/\d+/)?.[0] ?? 0);
    const sums = (await page.locator("tfoot td").allTextContents()).map(Number);
    assert.equal(sums.slice(0, -GAPS).reduce((a, b) => a + b, 0), overdue, "the sentence counts what can still be done");
    assert.ok(sums.slice(-GAPS).every((n) => n > 0), "and the year's gaps are in columns of their own");
    assert.equal(await page.locator(`${gap("tbody")} :is(.l1,.l2)`).count(), 0);
  });
  await step("a cell opens to its evidence", async () => {
    await page.locator(`${gap("tbody")} a`).first().click();
    await page.waitForLoadState();
    const panel = page.locator("#panel");
    assert.ok((await panel.textContent()).includes("自动记下逾期"));
    assert.equal(await page.locator("tbody a[aria-current=true]").count(), 1);
    await panel.locator(".seal-line").first().click();
    await page.waitForLoadState();
    assert.match(new URL(page.url()).pathname, /\/r\/\d+$/);
  });
  await step("is sorted by a link", async () => {
    await page.goto(`${url}/t/${code}`);
    await page.locator("thead a", { hasText: "缺箱" }).click();
    await page.waitForLoadState();
    const gaps = await page.locator(`tbody td:nth-last-child(${GAPS})`).allTextContents();
    const numbers = gaps.map((text) => Number(text.match(/\d+/)?.[0] ?? 0));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  });
  await step("shows only who owes something", async () => {
    await page.goto(`${url}/t/${code}?owing=1`);
    const rows = await page.locator("tbody tr").count();
    assert.equal(await page.locator("tbody tr:has(:is(.l1,.l2,.s))").count(), rows);
  });
  await step("the city adds the towns up", async () => {
    await page.goto(`${url}/t/441900000000`);
    assert.ok((await page.locator("tbody tr").count()) > 20);
    assert.ok((await page.textContent("tbody")).includes("尚未启用"));
  });
});
