// 群众意见 The main affair as its people live it: a resident asks, the clerk releases, the head answers, everybody reads.

import assert from "node:assert/strict";
import { be, walk } from "./lib.mjs";

const TEXT = "东坊巷一到夜里就黑，老人接孩子怕摔，能不能装几盏灯";

walk("suggestion", async ({ page, url, step }) => {
  let matter;
  let unit;
  await step("a resident opens the form", async () => {
    unit = await be(page, url, "居民");
    await page.goto(`${url}/u/${unit}/say`);
    assert.equal(await page.locator("textarea[name=text]").count(), 1);
  });
  await step("sees what everybody will see before sending", async () => {
    await page.fill("textarea[name=text]", TEXT);
    await page.selectOption("select[name=about]", { index: 1 }).catch(() => {});
    await page.locator("main form button").first().click();
    await page.waitForLoadState();
    assert.ok((await page.textContent("main")).includes(TEXT));
  });
  await step("gets a receipt with the last day", async () => {
    await page.locator('main form[action$="/say/send"] button').first().click();
    await page.waitForLoadState();
    const href = await page.locator(`main a[href*="/u/${unit}/m/"]`).first().getAttribute("href");
    matter = href.split("?")[0];
    assert.match(matter, /\/m\/[0-9a-z]{13}/);
  });
  await step("the clerk finds it on the desk", async () => {
    await be(page, url, "经办");
    await page.goto(`${url}/desk`);
    assert.ok(await page.locator("h1").count());
  });
  await step("and releases the words", async () => {
    await page.goto(`${url}${matter}/release`);
    await page.locator('main form[action$="/release"] button').first().click();
    await page.waitForLoadState();
  });
  await step("everybody reads it on the matter page", async () => {
    await page.goto(`${url}${matter}`);
    assert.ok((await page.textContent("main")).includes("东坊巷"));
  });
  await step("the head finds it on the desk", async () => {
    await be(page, url, "书记");
    await page.goto(`${url}${matter}/answer`);
    assert.equal(await page.locator("textarea[name=text]").count(), 1);
  });
  await step("to say that it was received is no answer", async () => {
    await page.locator("input[name=kind][value=explain]").check({ force: true });
    await page.fill("textarea[name=text]", "已收到，感谢您的意见。");
    await page.locator('main form[action$="/answer"] button').first().click();
    await page.waitForLoadState();
    assert.ok((await page.textContent("main")).includes("NOT_SUBSTANTIVE"));
  });
  await step("a real one is, and stands on the public page", async () => {
    await page.locator("input[name=kind][value=explain]").check({ force: true });
    await page.fill("textarea[name=text]", "治保主任带电工看过，三处要补灯，本月买齐灯具，装好后贴照片。");
    await page.locator('main form[action$="/answer"] button').first().click();
    await page.waitForLoadState();
    await page.goto(`${url}${matter}`);
    assert.ok((await page.textContent("main")).includes("三处要补灯"));
  });
  await step("the rules of today", async () => {
    await page.goto(`${url}/u/${unit}/rules`);
    assert.ok((await page.textContent("main")).includes("文件原文"));
  });
  await step("the town's overview", async () => {
    await page.goto(`${url}/t/441900121000`);
    assert.ok(await page.locator("table").count());
  });
});
