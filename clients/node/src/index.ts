// Kutip's client: who said what in news texts.
//
//   const client = new KutipClient();
//   for (const said of await client.annotate(text)) console.log(said.speaker, "|", said.text);
//
// Offsets count UTF-16 code units, as strings do. "kutip-client/v1" holds the messages and stubs generated from the contract.
export { Answer, TextMismatch } from "./answer.js";
export type { Said } from "./answer.js";
export type { Options, Outcome, Text } from "./batches.js";
export { serviceConfig } from "./channel.js";
export { KutipClient } from "./client.js";
export type { BulkSettings, CallSettings, Connection } from "./client.js";
export { KutipError } from "./errors.js";
