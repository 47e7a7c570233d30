// The command kutip-client.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { LiveServer, withoutServer } from "./servers.js";

const command = fileURLToPath(new URL("../src/command.js", import.meta.url));
const text = "“Kapal siap,” kata Rini Wulandari.\r\nBudi Santoso mengatakan, pasar malam dibuka besok.";

function run(args: string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { input, encoding: "utf8", timeout: 60_000 });
  return { status, stdout, stderr };
}

describe("against a live server", { skip: withoutServer }, () => {
  let server: LiveServer;
  const folder = mkdtempSync(path.join(tmpdir(), "kutip-"));
  const good = path.join(folder, "good.txt");
  const bad = path.join(folder, "bad.txt");
  before(async () => {
    server = await LiveServer.start();
    writeFileSync(good, text);
    writeFileSync(bad, Uint8Array.of(0xff));
  });
  after(async () => {
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  test("a quote a line", () => {
    assert.deepEqual(run(["annotate", "--server", server.address], text), {
      status: 0,
      stdout: "Rini Wulandari\tdirect\tkata\tKapal siap,\nBudi Santoso\tindirect\tmengatakan\tpasar malam dibuka besok\n",
      stderr: "",
    });
  });

  test("an answer a line", () => {
    const { stdout } = run(["annotate", "--server", server.address, "--format", "jsonl", good, good]);
    const answers = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(answers.map(({ quotes }) => quotes.map((quote: { text: string }) => quote.text)),
      Array(2).fill(["Kapal siap,", "pasar malam dibuka besok"]));
  });

  test("a bad text is told and the others are answered", () => {
    const { status, stdout, stderr } = run(["annotate", "--server", server.address, bad, good]);
    assert.deepEqual([status, stdout.trimEnd().split("\n").length], [1, 2]);
    assert.match(stderr, /bad\.txt: TEXT_NOT_UTF8/);
  });

  test("a missing file is told", () => {
    const { status, stderr } = run(["annotate", "--server", server.address, "/nonexistent.txt"]);
    assert.equal(status, 1);
    assert.match(stderr, /nonexistent/);
  });
});

test("no server is told", () => {
  const { status, stdout, stderr } = run(["annotate", "--server", "unix:/nonexistent/kutip.sock", "--timeout", "4"]);
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^kutip-client: UNAVAILABLE/);
});

test("a wrong command shows its usage", () => {
  for (const args of [[], ["annotate", "--nihil"], ["annotate", "--format", "xml"], ["annotate", "--timeout", "soon"]]) {
    const { status, stderr } = run(args);
    assert.equal(status, 2);
    assert.match(stderr, /usage: kutip-client/);
  }
});
