// The smallest client that hands a mail to the demo.
import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { createInterface } from "node:readline";
import { desk } from "./desk.js";

/** Sends a mail; `lines` are its headers after From and To, an empty line, and its text. */
export async function send(from, to, lines) {
  const socket = createConnection(desk.mail, "127.0.0.1");
  const answers = createInterface({ input: socket, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const mail = [`From: <${from}>`, `To: <${to}>`, ...lines].map((line) => line.replace(/^\./, ".."));
  const talk = [
    [null, "220"],
    ["HELO e2e.example", "250"],
    [`MAIL FROM:<${from}>`, "250"],
    [`RCPT TO:<${to}>`, "250"],
    ["DATA", "354"],
    [[...mail, "."].join("\r\n"), "250"],
    ["QUIT", "221"],
  ];
  for (const [line, wanted] of talk) {
    if (line !== null) socket.write(`${line}\r\n`);
    const { value: answer } = await answers.next();
    assert.ok(answer?.startsWith(wanted), `${line?.slice(0, 60)}: ${answer}`);
  }
  socket.end();
}
