// 首页 The front page: what anybody sees first, without signing in.

import assert from "node:assert/strict";
import { walk } from "./lib.mjs";

walk("front", async ({ page, url, step }) => {
  await step("open", async () => {
    const answer = await page.goto(`${url}/`);
    assert.equal(answer.status(), 200);
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    assert.notEqual(await page.title(), "");
    assert.equal(await page.locator("h1").count(), 1, "a page has one heading of the first rank");
  });
});
