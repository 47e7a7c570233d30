import { readFile } from "node:fs/promises";
import { KutipClient } from "kutip-client";

const text = await readFile(process.argv[2], "utf8");
const client = new KutipClient(); // $KUTIP_SERVER, else 127.0.0.1:50061
for (const said of await client.annotate(text)) {
  console.log(said.speaker, "|", said.text);
}
client.close();
