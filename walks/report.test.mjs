// 反映 A sealed report: goes to the town's discipline officer alone; the sender follows it with a code, the village sees nothing.

import assert from "node:assert/strict";
import { be, press, walk } from "./lib.mjs";

const WHAT = "三号铺续租没有公开，价钱低了一半，请查一查合同";

walk("report", async ({ page, url, step, town }) => {
  const { unit } = town.people[0];
  let code;
  await step("a suggestion that names a cadre is asked about first", async () => {
    await be(page, url, "居民");
    await page.goto(`${url}/u/${unit}/say`);
    const cadre = town.people.find((one) => one.unit === unit && one.post === "secretary").name;
    await page.fill("textarea[name=text]", `${cadre}的亲戚没有招标就包了工程`);
    await press(page, "下一步：看一遍再发");
    assert.ok((await page.textContent(".ask")).includes("您是要反映干部违纪吗"));
  });
  await step("and led to the sealed way", async () => {
    await page.getByRole("link", { name: "是，交给镇纪检" }).click();
    await page.waitForLoadState();
    assert.equal(new URL(page.url()).pathname, `/u/${unit}/report`);
    assert.ok((await page.textContent("main")).includes("村里任何人都看不到"));
  });
  await step("is sealed and gives a code once", async () => {
    await page.fill("#about", "理事长");
    await page.fill("#text", WHAT);
    await page.locator("main form button").first().click();
    await page.waitForLoadState();
    code = (await page.textContent(".code .big")).trim();
    assert.ok(!(await page.textContent("main")).includes("续租"), "the page does not tell what was reported");
  });
  await step("the sender asks how it stands", async () => {
    await page.goto(`${url}/report/lookup`);
    await page.selectOption("select[name=town]", `${unit.slice(0, 9)}000`);
    await page.fill("[name=code]", code);
    await page.locator("main form button").first().click();
    await page.waitForLoadState();
    assert.ok((await page.textContent("main")).includes("还没有答复"));
  });
  await step("the village's board, lists and desk know nothing of it", async () => {
    await page.context().clearCookies();
    for (const path of ["", "/suggestions", "/late", "/search?q=续租"]) {
      await page.goto(`${url}/u/${unit}${path}`);
      assert.ok(!(await page.textContent("main")).includes("价钱低了一半"), path);
    }
    await be(page, url, "书记");
    assert.ok(!(await page.textContent("main")).includes("三号铺"));
  });
  await step("nor may the secretary open the officer's list", async () => {
    const answer = await page.goto(`${url}/t/${unit.slice(0, 9)}000/reports`);
    assert.equal(answer.status(), 404);
  }, { forgive: [/status of 404/] });
  await step("the discipline officer has a list of their own", async () => {
    await be(page, url, "镇街纪检");
    assert.match(new URL(page.url()).pathname, /^\/t\/\d+\/reports/);
  });
});
