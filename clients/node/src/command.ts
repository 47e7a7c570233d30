#!/usr/bin/env node
// The command `kutip-client`: asks a server who said what in text files.
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type Answer, KutipClient, KutipError } from "./index.js";
import { AnnotateResponse, type Document, QuoteForm } from "./v1.js";

const usage = `usage: kutip-client annotate [FILE...] [--server ADDR] [--language TAG] [--format table|jsonl] [--timeout SECONDS]

Asks a Kutip server who said what in UTF-8 text files; - or none: standard input.
  --server     default: $KUTIP_SERVER, 127.0.0.1:50061
  --language   language of the texts; default: detected
  --format     table: a quote a line, with TABs (default); jsonl: an answer a line
  --timeout    seconds for each call; default: 30
`;

const forms: Partial<Record<QuoteForm, string>> = {
  [QuoteForm.QUOTE_FORM_DIRECT]: "direct",
  [QuoteForm.QUOTE_FORM_INDIRECT]: "indirect",
  [QuoteForm.QUOTE_FORM_MIXED]: "mixed",
};

class UsageError extends Error {}

function parse(argv: string[]) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      server: { type: "string" },
      language: { type: "string", default: "" },
      format: { type: "string", default: "table" },
      timeout: { type: "string", default: "30" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [command, ...files] = positionals;
  if (values.help) return { ...values, help: true, files, timeoutMs: 0 };
  const timeoutMs = Number(values.timeout) * 1000;
  if (command !== "annotate") throw new UsageError(`no command ${command ?? "given"}`);
  if (!["table", "jsonl"].includes(values.format)) throw new UsageError(`no format ${values.format}`);
  if (!(timeoutMs > 0)) throw new UsageError(`no timeout ${values.timeout}`);
  return { ...values, help: false, files: files.length > 0 ? files : ["-"], timeoutMs };
}

async function* documents(files: string[], languageCode: string): AsyncGenerator<Partial<Document>> {
  for (const file of files) {
    const utf8 = file === "-" ? await buffer(process.stdin) : await readFile(file);
    yield { documentId: file, utf8, languageCode };
  }
}

function lines(answer: Answer, format: string): string[] {
  if (format === "jsonl") return [JSON.stringify(AnnotateResponse.toJSON(answer.response))];
  const oneLine = (text: string) => text.trim().replace(/\s+/gu, " ");
  return [...answer].map(({ speaker, text, quote }) =>
    [speaker || "-", forms[quote.form] ?? "-", oneLine(answer.textOf(quote.cue?.span)) || "-", oneLine(text)].join("\t"));
}

/** Returns the exit status: 0, 1 if a text could not be annotated, 2 if the command is wrong. */
async function main(argv: string[]): Promise<number> {
  const settings = parse(argv);
  if (settings.help) {
    process.stdout.write(usage);
    return 0;
  }
  const client = new KutipClient(settings.server, { timeoutMs: settings.timeoutMs });
  let failures = 0;
  try {
    const texts = documents(settings.files, settings.language);
    const options = { includeText: settings.format === "jsonl" };
    for await (const outcome of client.annotateAll(texts, options, { patienceMs: settings.timeoutMs })) {
      if (outcome.answer !== undefined) {
        for (const line of lines(outcome.answer, settings.format)) console.log(line);
      } else {
        failures += 1;
        console.error(`${outcome.document.documentId}: ${outcome.error.message}`);
      }
    }
  } finally {
    client.close();
  }
  return failures > 0 ? 1 : 0;
}

function isUsageError(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS");
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (isUsageError(error)) {
    process.stderr.write(`kutip-client: ${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof KutipError || (error instanceof Error && "syscall" in error)) {
    console.error(`kutip-client: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
