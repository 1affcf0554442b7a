// A real mail server for tests: takes every mail and prints it as one line of JSON: to, subject, text.
// It speaks SMTP without TLS on 127.0.0.1, refuses while the file it is given exists, and ends when its input is closed.
import { existsSync } from "node:fs";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

const [refusing] = process.argv.slice(2);
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onConnect(session, done) {
    done(existsSync(refusing) ? new Error("come back later") : null);
  },
  onData(stream, session, done) {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", () => {
      PostalMime.parse(Buffer.concat(pieces)).then((mail) => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        console.log(JSON.stringify({ to, subject: mail.subject, text: mail.text }));
        done();
      }, done);
    });
  },
});
server.listen(0, "127.0.0.1", () => console.log(`ready ${server.server.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
