// 走一遍 Walks: the ground they stand on. One demo village served by the built program, one real Chromium,
// two widths (phone and desk); after every step the page is looked at by axe, measured and listened to.
//
//   CUNWU_BIN       the program (default: target/debug/cunwu)
//   CUNWU_CHROMIUM  the browser (default: Debian's chromium)
//   CUNWU_SHOTS     a folder for pictures of every step (default: none are taken)

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const VIEWS = [
  { name: "phone", width: 390, height: 844, touch: true },
  { name: "desk", width: 1280, height: 900, touch: false },
];

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PROGRAM = process.env.CUNWU_BIN ?? join(ROOT, "target/debug/cunwu");
const BROWSERS = [process.env.CUNWU_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE = 180_000; // milliseconds until a start or a walk counts as stuck; nothing waits for it to pass

/**
 * A demo town as its life left it. To live a year takes half a minute, so it is lived once a day and program, and copied
 * by every file of walks. Whoever comes second with the same folder finds it there.
 */
function lived() {
  const { mtimeMs, size } = statSync(PROGRAM);
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const known = join(tmpdir(), `cunwu-town-${createHash("sha256").update(`${PROGRAM} ${mtimeMs} ${size} ${day}`).digest("hex").slice(0, 16)}`);
  if (existsSync(known)) return known;
  const fresh = mkdtempSync(join(tmpdir(), "cunwu-fill-"));
  const filled = spawnSync(PROGRAM, ["demo", "--data", fresh, "--seed", "7", "--fill-only"], { encoding: "utf8" });
  assert.equal(filled.status, 0, `the demo town could not be filled:\n${filled.stdout}${filled.stderr}`);
  try {
    renameSync(fresh, known);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return known;
}

/** Starts the demo town on a free port with a data folder of its own. Gives its address, its people and how to stop it. */
export async function demo() {
  const data = join(mkdtempSync(join(tmpdir(), "cunwu-walk-")), "data");
  cpSync(lived(), data, { recursive: true });
  const people = JSON.parse(readFileSync(join(data, "identities.json"), "utf8"));
  return { people, ...(await serve(["demo", "--data", data, "--listen", "127.0.0.1:0"], join(data, ".."))) };
}

/** A real house, set up from the command line on a port of its own; gives the link of its first administrator too. */
export async function house() {
  const folder = mkdtempSync(join(tmpdir(), "cunwu-house-"));
  const config = join(folder, "cunwu.toml");
  const web = `[web]\nlisten = "127.0.0.1:0"\nmetrics = "127.0.0.1:0"\npublic_url = ""\n`;
  writeFileSync(config, `data = ${JSON.stringify(join(folder, "data"))}\nrecord_name = "walk.invalid/record"\n${web}`);
  const who = ["--login", "xitong", "--name", "陈志明", "--phone", "13900000000"];
  const made = spawnSync(PROGRAM, ["--config", config, "init", ...who], { encoding: "utf8" });
  assert.equal(made.status, 0, `the house could not be set up:\n${made.stdout}${made.stderr}`);
  const enrol = made.stdout.match(/\/enrol\/\S+/)?.[0];
  assert.ok(enrol, `no link for the first administrator:\n${made.stdout}`);
  return { enrol, ...(await serve(["--config", config, "serve"], folder)) };
}

async function serve(args, folder) {
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("close", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await address(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address in the line that the program prints once it answers: `listening http://127.0.0.1:PORT`, or in a real house `服务已打开：…`. */
function address(child) {
  return new Promise((found, failed) => {
    let said = "";
    const alarm = setTimeout(() => failed(new Error(`the program did not say where it listens:\n${said}`)), PATIENCE);
    const settle = (how, what) => {
      clearTimeout(alarm);
      how(what);
    };
    child.once("error", (error) => settle(failed, error));
    child.once("close", (code) => settle(failed, new Error(`the program ended (${code}) before it listened:\n${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        said = (said + text).slice(-20_000);
        const line = stream === child.stdout && said.match(/^(?:listening http:\/\/|服务已打开：)(127\.0\.0\.1:\d+)\s*$/m);
        if (line) settle(found, `http://${line[1]}`);
      });
    }
  });
}

/** Opens a browser that has never been used before, at one of the VIEWS. Gives its page and how to close it. */
export async function open(view) {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  assert.ok(executablePath, "no Chromium found: ./test installs it, or name one in CUNWU_CHROMIUM");
  const profile = mkdtempSync(join(tmpdir(), "cunwu-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: { width: view.width, height: view.height },
    isMobile: view.touch,
    hasTouch: view.touch,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  listen(page);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, close };
}

const complaints = new WeakMap(); // page → what its console complained of since the last check

function listen(page) {
  complaints.set(page, []);
  const note = (text) => complaints.get(page).push(text);
  // A refused form answers with 409 or 422; the browser calls that an error, the reader sees a page that says why.
  const refused = (message) => /status of (409|422)/.test(message.text());
  page.on("console", (message) => message.type() === "error" && !refused(message) && note(`console: ${message.text()} (${message.location().url})`));
  page.on("pageerror", (error) => note(`script: ${error.message}`));
}

/** Asserts that the page as it stands is accessible, fits its width and complained of nothing but `forgive`. */
export async function check(page, { forgive = [] } = {}) {
  const heard = complaints.get(page).splice(0).filter((text) => !forgive.some((pattern) => pattern.test(text)));
  assert.deepEqual(heard, [], `${page.url()}: the console complained`);
  assert.deepEqual(await page.evaluate(overflow), [], `${page.url()}: wider than the screen`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} ← ${node.target.join(" ")}`));
  assert.deepEqual(found, [], `${page.url()}: not accessible`);
}

/** Runs in the page: what stretches it beyond the screen, nothing when it fits. */
function overflow() {
  const room = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth;
  if (wide <= room) return [];
  const outer = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
  const names = outer.slice(0, 5).map((one) => one.tagName.toLowerCase() + [...one.classList].map((c) => `.${c}`).join(""));
  return [`${wide} px of ${room} px`, ...names];
}

let town;

/**
 * One walk, once for each view, in a fresh browser. `steps` receives `{ page, url, view, step, town }`; wrap what a person
 * does in `await step("what", async () => { … })`: the page is checked, and pictured if asked, after each.
 */
export function walk(name, steps) {
  for (const view of VIEWS) {
    test(`${name} (${view.name})`, { timeout: PATIENCE }, async () => {
      const { page, close } = await open(view);
      let count = 0;
      const step = async (what, act, how) => {
        await act();
        count += 1;
        await picture(page, `${name}-${view.name}-${String(count).padStart(2, "0")}-${what}`);
        await check(page, how);
      };
      try {
        await steps({ page, url: town.url, view, step, town });
      } finally {
        await close();
      }
      assert.ok(count > 0, "a walk without a step proves nothing");
    });
  }
}

/** Signs in as somebody of the first village of the demo, or of the town; gives the village's code. */
export async function be(page, url, who) {
  await page.goto(`${url}/demo`);
  const board = await page.locator("section").first().locator("header a").getAttribute("href");
  await page.locator("button", { hasText: who }).first().click();
  await page.waitForLoadState();
  return board.split("/").pop();
}

/** Presses the button that a person would, and waits for what comes. */
export async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.waitForLoadState();
}

async function picture(page, name) {
  const folder = process.env.CUNWU_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.png`), fullPage: true });
}

before(async () => {
  town = await demo();
});
after(async () => {
  await town?.stop();
});
