// 经办的一天 The clerk's day: opens the box with a second person, registers the slips, explains a week that was missed.

import assert from "node:assert/strict";
import { be, press, walk } from "./lib.mjs";

const SAID = "菜市场后门的水沟堵了，下雨就臭，能不能叫人来清一清";

/** A day so many days ago, as the fields of forms hold it. */
function daysAgo(days) {
  return new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

walk("desk", async ({ page, url, step }) => {
  let unit;
  let code;
  let number;
  await step("sees what is owed today", async () => {
    unit = await be(page, url, "经办");
    assert.match(new URL(page.url()).pathname, /^\/desk/);
    assert.match(await page.textContent("h1"), /^今天/);
  });
  await step("nobody opens the box alone", async () => {
    await page.goto(`${url}/u/${unit}/box`);
    await page.fill("input[name=slips]", "2");
    await page.locator("select[name=second]").evaluate((field) => field.removeAttribute("required"));
    await press(page, "记下开箱");
    assert.ok((await page.textContent(".err")).includes("TWO_PERSONS"));
    assert.equal(await page.inputValue("input[name=slips]"), "2", "what was typed stays");
  });
  await step("opens it with a second person", async () => {
    await page.selectOption("select[name=second]", { index: 1 });
    await press(page, "记下开箱");
    assert.ok((await page.textContent("main")).includes("箱里有2张纸条"));
  });
  await step("a slip of last month has to say why it comes so late", async () => {
    await page.goto(`${url}/u/${unit}/register`);
    await page.locator("input[name=channel][value=box]").check({ force: true });
    await page.fill("#day", daysAgo(30));
    await page.fill("#text", SAID);
    await press(page, "登记并存证");
    assert.ok((await page.textContent(".err")).includes("LATE_WITHOUT_REASON"));
    assert.equal(await page.inputValue("#text"), SAID, "what was typed stays");
  });
  await step("and gets its receipt with a code shown once", async () => {
    await page.fill("#late_reason", "开箱的人请假，钥匙没有交接");
    await press(page, "登记并存证");
    number = (await page.textContent("#no .big")).trim();
    code = (await page.textContent(".code .big")).trim();
    assert.ok(number.startsWith(`${unit}-`) && /^[A-Z0-9]{12}$/.test(code), `${number} ${code}`);
    const seal = await page.locator(".slip .seal").boundingBox();
    const figure = await page.locator("#no .big").boundingBox();
    assert.ok(figure.x + figure.width < seal.x, "the seal does not touch the number");
  });
  await step("the overdue answer stands first on the desk", async () => {
    await page.goto(`${url}/desk`);
    const first = await page.textContent(".duty.open");
    assert.ok(first.includes("逾期") && first.includes("菜市场后门"), first);
  });
  await step("registers the second slip and goes on with the next", async () => {
    await page.goto(`${url}/u/${unit}/register`);
    await page.locator("input[name=channel][value=box]").check({ force: true });
    await page.fill("#text", "公厕的水龙头关不紧，白流了一个月");
    await press(page, "登记，接着录下一条");
    assert.ok((await page.textContent(".done")).includes("已登记，回执号"));
    assert.equal(await page.inputValue("#text"), "");
  });
  await step("a missed week waits folded and can be explained", async () => {
    await page.goto(`${url}/desk`);
    const gaps = page.locator("details", { hasText: "过去缺的" });
    assert.equal(await gaps.evaluate((one) => one.open), false);
    const before = Number((await gaps.locator("summary").textContent()).match(/\d+/)[0]);
    await gaps.locator("summary").click();
    await gaps.locator("a").first().click();
    await page.waitForLoadState();
    await page.fill("[name=reason]", "台风停工一周");
    await page.locator('main form[action$="/explain"] button').first().click();
    await page.waitForLoadState();
    assert.match(new URL(page.url()).pathname, /^\/desk/);
    const left = page.locator("details summary", { hasText: "过去缺的" });
    const after = (await left.count()) ? Number((await left.textContent()).match(/\d+/)[0]) : 0;
    assert.equal(after, before - 1);
  });
  await step("whoever holds the stub looks it up", async () => {
    await page.context().clearCookies();
    await page.goto(`${url}/lookup`);
    await page.fill("[name=number]", number);
    await page.fill("[name=code]", code.toLowerCase());
    await press(page, "查");
    const shown = await page.textContent("main");
    assert.ok(shown.includes(SAID) && shown.includes("钥匙没有交接"), shown);
  });
});
