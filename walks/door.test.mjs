// 登录 Signing in: a resident with a code to the telephone; an administrator of a real house with password and code maker.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before } from "node:test";
import { VIEWS, house, press, walk } from "./lib.mjs";

const PASSWORD = "Shui-zha7-qiao";

/** The six digits that a code maker shows at a moment (RFC 6238). */
function totp(secret, at) {
  const digits = [...secret.replaceAll(/\s|=/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const key = Buffer.from(digits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(count).digest();
  const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, "0");
}

let real;
let papers = [];

before(async () => {
  real = await house();
});
after(async () => {
  await real?.stop();
});

walk("resident", async ({ page, url, view, step, town }) => {
  const first = town.people.find((one) => one.phone);
  const number = String(Number(first.phone) + 2 + VIEWS.indexOf(view));
  await step("asks for a code", async () => {
    await page.goto(`${url}/signin?back=${encodeURIComponent(`/u/${first.unit}/say`)}`);
    await page.fill("[name=phone]", number);
    await press(page, "发验证码");
  });
  const code = await page.textContent(".gate b");
  await step("a wrong code is refused", async () => {
    await page.fill("[name=code]", code === "000000" ? "000001" : "000000");
    await press(page, "登录");
    assert.ok((await page.textContent(".err")).includes("验证码"));
  });
  await step("the right one leads on", async () => {
    await page.fill("[name=code]", code);
    await press(page, "登录");
    assert.equal(new URL(page.url()).pathname, `/u/${first.unit}/say`);
  });
  await step("sees the own devices and signs out", async () => {
    await page.goto(`${url}/sessions`);
    assert.ok((await page.textContent("main")).includes("这一台"));
    await press(page, "在这台退出");
    await page.goto(`${url}/mine`);
    assert.equal(new URL(page.url()).pathname, "/signin");
  });
});

walk("official", async ({ page, view, step }) => {
  const url = real.url;
  if (view === VIEWS[0]) {
    await step("opens the link and chooses a password", async () => {
      await page.goto(`${url}${real.enrol}`);
      await page.fill("#password", PASSWORD);
      await page.fill("#again", PASSWORD);
      await press(page, "下一步");
    });
    const secret = await page.textContent(".qr code");
    await step("links a code maker and gets codes for paper", async () => {
      await page.fill("#code", totp(secret, Date.now()));
      await press(page, "完成登记");
      papers = await page.locator(".codes code").allTextContents();
      assert.equal(papers.length, 10);
    });
  }
  await step("a wrong password says not what was wrong", async () => {
    await page.goto(`${url}/signin/official`);
    await page.fill("#name", "xitong");
    await page.fill("#password", "Wrong-word9-here");
    await press(page, "下一步");
    assert.ok((await page.textContent(".err")).includes("没登录：账号或者密码不对"), await page.textContent(".err"));
    assert.equal(await page.inputValue("#name"), "xitong", "what was typed stays");
  });
  await step("password and code open the door", async () => {
    await page.goto(`${url}/signin/official?back=/admin/accounts`);
    await page.fill("#name", "xitong");
    await page.fill("#password", PASSWORD);
    await press(page, "下一步");
    assert.equal(await page.locator("#code").count(), 1);
    await page.fill("#code", papers[VIEWS.indexOf(view)]);
    await press(page, "登录");
    assert.equal(new URL(page.url()).pathname, "/admin/accounts");
    assert.ok((await page.textContent("main")).includes("三个管理员"));
  });
});
