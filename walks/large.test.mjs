// 大字版 Large type on every public page: nothing runs off a telephone's screen, and every page is accessible as it is in large.

import assert from "node:assert/strict";
import { walk } from "./lib.mjs";

/** The address of the first matter that a page links to. */
async function linked(page, url, path) {
  await page.goto(`${url}${path}`);
  const all = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  return all.find((href) => /\/m\/[0-9a-z]{13}$/.test(href));
}

/** Opens each page in large type. */
async function each(page, url, step, pages) {
  await page.goto(`${url}/large?on=1&back=/`);
  for (const path of pages) {
    await step(path, async () => {
      const answer = await page.goto(`${url}${path}`);
      assert.equal(answer.status(), 200, path);
      assert.equal(await page.locator("html.large").count(), 1, path);
      const small = await page.locator("main a.btn, main button:visible, .strip .tool:visible").evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 59).map((one) => one.textContent));
      assert.deepEqual(small, [], `${path}: smaller than a thumb`);
    });
  }
}

walk("large type", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  await step("is switched on by a link and stays", async () => {
    await page.goto(`${url}/u/${unit}`);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    assert.equal(await size(), 18);
    await page.getByRole("link", { name: "大字版", exact: true }).click();
    await page.waitForLoadState();
    assert.equal(new URL(page.url()).pathname, `/u/${unit}`);
    assert.equal(await size(), 24);
  });
});

walk("large board", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  const u = `/u/${unit}`;
  const matter = await linked(page, url, `${u}/suggestions?s=answered`);
  const notice = await linked(page, url, `${u}/notices`);
  const period = await linked(page, url, `${u}/late`);
  const lists = [u, `${u}/suggestions`, `${u}/notices`, `${u}/late`, `${u}/search?q=灯`];
  await each(page, url, step, [...lists, matter, notice, period, `${u}/rules`, `${u}/verify`, `${u}/r/20`]);
});

walk("large ways", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  const units = await (await page.request.get(`${url}/api/v1/units`)).json();
  const unused = units.find((one) => one.mechanism && !one.started).code;
  const found = ["/", "/?q=东", "/?q=没有这个村", `/u/${unused}`, `/t/${unit.slice(0, 9)}000`, "/t/441900000000"];
  await each(page, url, step, [...found, `/u/${unit}/report`, "/lookup", "/report/lookup", "/signin", "/signin/official", "/demo"]);
});

walk("large paper", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  const u = `/u/${unit}`;
  const matter = await linked(page, url, `${u}/suggestions?s=answered`);
  const notice = await linked(page, url, `${u}/notices`);
  await each(page, url, step, [`${u}/print/a4`, `${u}/print/a3`, `${u}/verify/print`, `${matter}/print`, `${notice}/print`]);
});
