// 出错的时候 When something goes wrong: each page says what cannot be done, why and what to do now, and nothing typed is lost.

import assert from "node:assert/strict";
import { be, press, walk } from "./lib.mjs";

const known = { forgive: [/status of 4\d\d/] };
const SAID = "巷口的垃圾桶满了三天没人收，请每天收一次";

walk("errors", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  const gone = async (path, status, words) => {
    const answer = await page.goto(`${url}${path}`);
    assert.equal(answer.status(), status, path);
    const text = await page.textContent("body");
    for (const word of words) assert.ok(text.includes(word), `${path}: ${word}\n${text}`);
    assert.ok(await page.locator("main a[href='/'], .foot a[href='/']").count(), `${path}: a way on`);
  };
  await step("no such page", () => gone("/nothing/here", 404, ["没找到这一页", "找村子"]), known);
  await step("no such village", () => gone("/u/440000000000", 404, ["没找到这个村", "440000000000"]), known);
  await step("no such matter", () => gone(`/u/${unit}/m/0000000000000`, 404, ["没找到"]), known);
  await step("no such line", () => gone(`/u/${unit}/r/99999999`, 404, ["没找到"]), known);
  await step("the desk is not there for residents", async () => {
    await be(page, url, "居民");
    await gone("/desk", 404, ["没找到"]);
  }, known);
  let matter;
  await step("a resident asks", async () => {
    await page.goto(`${url}/u/${unit}/say`);
    await page.fill("textarea[name=text]", SAID);
    await press(page, "下一步：看一遍再发");
    await press(page, "发出");
    matter = await page.locator("main a", { hasText: "看这件事" }).getAttribute("href");
  });
  await step("two clerks at once: the second sees what changed and keeps what was typed", async () => {
    await be(page, url, "经办");
    await page.goto(`${url}${matter}/release`);
    const other = await page.context().newPage();
    await other.goto(`${url}${matter}/release`);
    await other.locator('main form[action$="/release"] button').first().click();
    await other.waitForLoadState();
    await other.close();
    await page.locator('main form[action$="/release"] button').first().click();
    await page.waitForLoadState();
    assert.match(await page.textContent(".err"), /STALE_PAGE|ALREADY_RELEASED/);
  }, known);
  await step("a form that outlived its session gives back what was typed", async () => {
    await be(page, url, "居民");
    await page.goto(`${url}/u/${unit}/say`);
    await page.fill("textarea[name=text]", SAID);
    const other = await page.context().newPage();
    await other.goto(`${url}/sessions`);
    await press(other, "在这台退出");
    await other.close();
    await press(page, "下一步：看一遍再发");
    const text = await page.textContent("main");
    assert.ok(text.includes(SAID), text);
    assert.ok(await page.locator('a[href^="/signin"], form[action="/signin"]').count(), "and the way to sign in again");
  }, known);
  await step("a form of another browser is not taken", async () => {
    await page.goto(`${url}/signin`);
    await page.locator("input[name=csrf]").first().evaluate((field) => { field.value = "0".repeat(64); });
    await page.fill("[name=phone]", "19900000024");
    await press(page, "发验证码");
    assert.ok((await page.textContent("main")).length > 10);
    assert.equal(await page.locator("[name=code]").count(), 0, "no code was sent");
  }, known);
});
