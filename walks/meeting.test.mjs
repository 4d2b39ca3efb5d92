// 开会 The week and a ballot: five items kept on a telephone, a vote by telephone, the wall of the hall, the resolution on paper.

import assert from "node:assert/strict";
import { be, press, walk } from "./lib.mjs";

const WEEK = [
  ["市场排水沟已清通，还差盖板", "理事长说盖板要定做", "盖板由居委会定做，月底前装好"],
  ["消防通道还停了6辆车", "先劝，劝不走再报", "经办明天逐户劝离"],
  ["三巷路灯两盏不亮", "电工说换灯头就行", "换灯头，周五前换好"],
  ["老人饭堂要添一台冰箱", "先问镇里有没有补贴", "书记去问，下周报告"],
  ["篮球场晚上太吵", "九点半关灯，大家没意见", "九点半关灯，贴告示"],
];
const TITLE = "巷口清沟";

/** The moment in the village, so many minutes from now: the day and the time as fields hold them. */
function clock(minutes = 0) {
  const at = new Date(Date.now() + 8 * 3_600_000 + minutes * 60_000).toISOString();
  return { day: at.slice(0, 10), time: at.slice(11, 16) };
}

/** Counts what a hand does. */
function hand(page) {
  const done = { taps: 0, fields: 0 };
  return {
    done,
    tap: async (one) => {
      done.taps += 1;
      await one.click();
    },
    write: async (selector, text) => {
      done.fields += 1;
      await page.fill(selector, text);
    },
  };
}

/** How many sheets a print of this page takes. */
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  return [...pdf.matchAll(/\/MediaBox\s*\[/g)].length;
}

/** Loads the page until it holds what `selector` names: the hall waits for the clock on its wall. */
async function until(page, path, selector) {
  for (;;) {
    await page.goto(path);
    if (await page.locator(selector).count()) return;
    await page.waitForTimeout(1000);
  }
}

/** Goes on with Tab until the focus is on what `selector` names. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 150; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((want) => document.activeElement?.matches(want) ?? false, selector)) return;
  }
  assert.fail(`no Tab leads to ${selector}`);
}

const text = (page) => page.textContent("main");

/** Puts a small matter forward. Gives the address of its page. */
async function propose(page, url, unit) {
  await page.goto(`${url}/u/${unit}/motions/new`);
  await page.selectOption("select[name=matter_type]", "service");
  const typed = { title: TITLE, text: "清一清巷口的沟，请人两天。", reasons: "下雨就臭。", basis: "大家提的", amount: "3000" };
  for (const [name, value] of Object.entries(typed)) await page.fill(`[name=${name}]`, value);
  await page.selectOption("select[name=body]", { index: 1 });
  await page.locator("input[name=source][value=secretary]").check({ force: true });
  await press(page, "先看归哪一类、谁来定");
  assert.ok((await text(page)).includes("日常事项"));
  await press(page, "提议并存证");
  return page.url().split("?")[0];
}

walk("meeting", async ({ page, url, step }) => {
  let unit;
  let motion;
  let sitting;
  let ballot;
  await step("the secretary puts a small matter forward", async () => {
    unit = await be(page, url, "书记");
    motion = await propose(page, url, unit);
  });
  await step("and is led from it to calling the teams", async () => {
    await page.getByRole("link", { name: "召集班子联席会议" }).click();
    await page.waitForLoadState();
    const start = clock(1);
    assert.equal(await page.locator("input[name=take]:checked").count(), 1, "the matter is ticked");
    await page.fill("#day", start.day);
    await page.fill("#time", start.time);
    await page.fill("#place", "居委会二楼");
    await press(page, "发通知，公开存证");
    sitting = page.url().split("?")[0];
    assert.ok((await text(page)).includes(TITLE));
  });
  await step("the clerk ticks everybody", async () => {
    await be(page, url, "经办");
    await page.goto(`${sitting}/roll`);
    for (const box of await page.locator("input[name=person]").all()) await box.check({ force: true });
    await press(page, "勾上的都到了");
    assert.ok((await text(page)).includes("人数够"));
  });
  await step("the standing slot is today", async () => {
    await be(page, url, "书记");
    await page.goto(`${url}/u/${unit}/meetings/slot`);
    if (await page.locator("input[name=kind]:not([type=hidden])").count()) await page.locator("input[name=kind][value=team]").check({ force: true });
    const weekday = new Date(`${clock().day}T12:00:00Z`).getUTCDay();
    await page.locator("input[name=weekday]").nth((weekday + 6) % 7).check({ force: true });
    await page.fill("#time", "00:00");
    await page.fill("#place", "居委会二楼会议室");
    await press(page, "定下来");
    assert.ok((await page.textContent("body")).includes("居委会二楼会议室"));
  });
  await step("five items of the week, in as few taps as can be", async () => {
    await page.goto(`${url}/desk`);
    const { done, tap, write } = hand(page);
    await tap(page.locator("a", { hasText: "记本周班子会" }).first());
    await page.waitForLoadState();
    for (const [n, lines] of WEEK.entries()) {
      assert.equal(await page.locator(".line:visible").count(), Math.min(n + 1, 5), "the next item comes by itself");
      for (const [at, name] of ["report", "discussion", "resolution"].entries()) await write(`#${name}${n + 1}`, lines[at]);
    }
    await tap(page.locator("label", { hasText: "到会的人都同意" }));
    await tap(page.getByRole("button", { name: "记下这次会，公开存证" }));
    await page.waitForLoadState();
    assert.ok(page.url().includes("done="), await text(page));
    const { taps, fields } = done;
    assert.deepEqual({ taps, fields }, { taps: 3, fields: 15 }, `five items took ${taps} taps and ${fields} fields`);
    const shown = await text(page);
    for (const line of WEEK.flat()) assert.ok(shown.includes(line), line);
  });
  await step("a single person keeps no sitting, and what was typed stays", async () => {
    await page.goto(`${url}/u/${unit}/meetings/weekly`);
    const all = await page.locator("input[name=here]").all();
    for (const box of all.slice(1)) await box.uncheck({ force: true });
    for (const [at, name] of ["report", "discussion", "resolution"].entries()) await page.fill(`#${name}1`, WEEK[0][at]);
    await page.locator("input[name=agreed]").check({ force: true });
    await press(page, "记下这次会，公开存证");
    const said = await page.textContent(".err");
    assert.ok(said.includes("SOLE_DECISION") && said.includes("依据"), said);
    assert.equal(await page.inputValue("#report1"), WEEK[0][0]);
  });
  await step("the sitting opens at its time", async () => {
    await until(page, sitting, "button:text('宣布开会')");
    await press(page, "人数够了，宣布开会");
    await page.fill("#by-0", "居委会主任");
    await page.fill("#text-0", "沟堵了半个月，请人两天能清完");
    await press(page, "记下报告");
    await page.fill("#speakers-0", "理事长");
    await page.fill("#text-0", "钱由集体出，没有不同意见");
    await press(page, "记下讨论");
  });
  await step("and puts the matter to an open ballot", async () => {
    await press(page, "开始表决");
    ballot = page.url().split("?")[0];
    assert.ok((await text(page)).includes("正在投"));
  });
  await step("a member votes on the telephone, led there from the desk", async () => {
    await be(page, url, "理事长");
    await page.goto(`${url}/desk`);
    await page.locator("a", { hasText: "表决" }).first().click();
    await page.waitForLoadState();
    assert.equal(page.url(), ballot);
    await page.locator(".pick label", { hasText: "赞成" }).click();
    await press(page, "就这样投");
    assert.ok((await text(page)).includes("已经投过票了"));
  });
  await step("the wall of the hall counts it", async () => {
    await page.goto(`${sitting}/screen`);
    assert.equal(await page.textContent(".huge b"), "1");
    assert.ok((await text(page)).includes(TITLE));
  });
  await step("another votes with nothing but the keyboard", async () => {
    await be(page, url, "书记");
    await page.goto(ballot);
    await tabTo(page, "input[name=choice]");
    await page.keyboard.press("Space");
    await tabTo(page, ".ballot button");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.ok((await text(page)).includes("已经投过票了"));
  });
  await step("whoever has no telephone is asked, and his vote entered", async () => {
    await page.goto(ballot);
    while (await page.locator("select[name=voter] option").count()) {
      await page.locator("summary", { hasText: "代录" }).click();
      await page.selectOption("select[name=voter]", { index: 1 });
      await page.locator("details .pick label", { hasText: "赞成" }).click();
      await press(page, "代录这一票");
    }
  });
  await step("it is counted, and the wall shows each body's bar", async () => {
    await press(page, "投完了，计票");
    assert.equal(await page.locator(".vote").getByText("通过", { exact: true }).count(), 1, await text(page));
    await page.goto(`${sitting}/screen`);
    assert.ok((await text(page)).includes("表决结果"));
    assert.equal(await page.locator(".wall-bars .vote svg").count(), 1);
  });
  await step("the matter's page has its bar and leads to the resolution", async () => {
    await page.goto(motion);
    assert.equal(await page.locator(".chain .vote svg").count(), 1);
    await page.getByRole("link", { name: "看这次表决，自己数一遍" }).click();
    await page.waitForLoadState();
    assert.equal(page.url(), ballot);
  });
  await step("the resolution is one sheet of paper", async () => {
    await page.goto(`${url}/u/${unit}/ledger`);
    await page.locator("main a", { hasText: TITLE }).first().click();
    await page.waitForLoadState();
    const paper = page.url().split("?")[0];
    await page.goto(`${paper}/publish`);
    await page.locator("main form button").last().click();
    await page.waitForLoadState();
    await page.goto(`${paper}/print`);
    const said = await text(page);
    for (const word of ["班子联席会议文件", "盖章处", "赞成"]) assert.ok(said.includes(word), word);
    await page.emulateMedia({ media: "print" });
    assert.equal(await sheets(page), 1);
    await page.emulateMedia({ media: null });
  });
  await step("and so are the minutes", async () => {
    await page.goto(`${sitting}/print`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await sheets(page), 1);
    await page.emulateMedia({ media: null });
  });
});
